package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Optional;

/**
 * Joins a group, or joins it again when it rebalances.
 *
 * @param memberId empty at first; the coordinator then answers MEMBER_ID_REQUIRED and hands one out
 * @param protocols the assignors the member supports, most wanted first, with its subscription
 */
public record JoinGroupRequest(
    String groupId,
    int sessionTimeoutMs,
    int rebalanceTimeoutMs,
    String memberId,
    Optional<String> groupInstanceId,
    String protocolType,
    List<Protocol> protocols,
    String reason)
    implements Request {
  /** An assignor's name and what the member tells it, in Kafka's encoding. */
  public record Protocol(String name, GroupBytes metadata) {}

  @Override
  public ApiKey api() {
    return ApiKey.JOIN_GROUP;
  }

  @Override
  public JoinGroupResponse refusal(ErrorCode error) {
    return new JoinGroupResponse(error, -1, protocolType, "", "", false, memberId, List.of());
  }
}
