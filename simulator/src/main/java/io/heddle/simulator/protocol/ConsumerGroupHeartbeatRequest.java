package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * A member of a consumer group joins it, shows that it lives, tells what has changed, or leaves
 * (KIP-848). What has not changed since the last request need not be told.
 *
 * @param memberId made by the member itself
 * @param memberEpoch 0 to join, -1 to leave, -2 for a static member that leaves to come back
 * @param rebalanceTimeoutMs how long it may take to give partitions up, or -1: as before
 * @param subscribedTopicNames the topics it wants
 * @param subscribedTopicRegex a pattern of the topics it wants; empty for none
 * @param serverAssignor the assignor it wants the coordinator to use
 * @param topicPartitions the partitions it owns
 */
public record ConsumerGroupHeartbeatRequest(
    String groupId,
    String memberId,
    int memberEpoch,
    Optional<String> instanceId,
    Optional<String> rackId,
    int rebalanceTimeoutMs,
    Optional<List<String>> subscribedTopicNames,
    Optional<String> subscribedTopicRegex,
    Optional<String> serverAssignor,
    Optional<Map<Uuid, List<Integer>>> topicPartitions)
    implements Request {
  /** The epoch with which a member joins, or joins again. */
  public static final int JOIN_EPOCH = 0;

  /** The epoch with which a member leaves. */
  public static final int LEAVE_EPOCH = -1;

  /** The epoch with which a static member leaves for a while. */
  public static final int LEAVE_STATIC_EPOCH = -2;

  @Override
  public ApiKey api() {
    return ApiKey.CONSUMER_GROUP_HEARTBEAT;
  }

  @Override
  public ConsumerGroupHeartbeatResponse refusal(ErrorCode error) {
    return ConsumerGroupHeartbeatResponse.failure(error, "");
  }
}
