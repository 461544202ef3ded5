package io.heddle.campaign.group;

import io.heddle.simulator.broker.Caller;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.UnsupportedAssignorException;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/** The heartbeats of a consumer group's members (KIP-848), put to Kafka's coordinator. */
final class KafkaHeartbeats {
  private static final List<String> ASSIGNORS = List.of("uniform", "range");

  private final KafkaShard kafka;

  KafkaHeartbeats(KafkaShard kafka) {
    this.kafka = kafka;
  }

  ConsumerGroupHeartbeatResponse heartbeat(Caller caller, ConsumerGroupHeartbeatRequest request) {
    ConsumerGroupHeartbeatRequestData data =
        new ConsumerGroupHeartbeatRequestData()
            .setGroupId(request.groupId())
            .setMemberId(request.memberId())
            .setMemberEpoch(request.memberEpoch())
            .setInstanceId(Codes.nullable(request.instanceId()))
            .setRackId(Codes.nullable(request.rackId()))
            .setRebalanceTimeoutMs(request.rebalanceTimeoutMs())
            .setSubscribedTopicNames(request.subscribedTopicNames().orElse(null))
            .setSubscribedTopicRegex(Codes.nullable(request.subscribedTopicRegex()))
            .setServerAssignor(Codes.nullable(request.serverAssignor()))
            .setTopicPartitions(request.topicPartitions().map(KafkaHeartbeats::owned).orElse(null));
    KafkaContext context = KafkaContext.of(caller, ApiKeys.CONSUMER_GROUP_HEARTBEAT, 1);
    try {
      check(data);
      return answered(kafka.write(shard -> shard.consumerGroupHeartbeat(context, data)));
    } catch (RuntimeException failure) {
      return ConsumerGroupHeartbeatResponse.failure(Codes.error(failure), "");
    }
  }

  /** What Kafka's service looks at before it asks the coordinator. */
  private static void check(ConsumerGroupHeartbeatRequestData data) {
    refuse(isBlank(data.memberId()), "MemberId");
    refuse(isBlank(data.groupId()), "GroupId");
    refuse(isBlank(data.instanceId()), "InstanceId");
    refuse(isBlank(data.rackId()), "RackId");
    if (data.memberEpoch() == ConsumerGroupHeartbeatRequest.JOIN_EPOCH) {
      refuse(data.rebalanceTimeoutMs() == -1, "RebalanceTimeoutMs");
      refuse(
          data.topicPartitions() == null || !data.topicPartitions().isEmpty(), "TopicPartitions");
      refuse(
          data.subscribedTopicNames() == null && data.subscribedTopicRegex() == null,
          "SubscribedTopicNames");
    } else if (data.memberEpoch() == ConsumerGroupHeartbeatRequest.LEAVE_STATIC_EPOCH) {
      refuse(data.instanceId() == null, "InstanceId");
    } else {
      refuse(data.memberEpoch() < ConsumerGroupHeartbeatRequest.LEAVE_STATIC_EPOCH, "MemberEpoch");
    }
    if (data.serverAssignor() != null && !ASSIGNORS.contains(data.serverAssignor())) {
      throw new UnsupportedAssignorException(data.serverAssignor());
    }
  }

  private static boolean isBlank(String nullable) {
    return nullable != null && nullable.isBlank();
  }

  private static void refuse(boolean wrong, String field) {
    if (wrong) {
      throw new InvalidRequestException(field);
    }
  }

  private static List<ConsumerGroupHeartbeatRequestData.TopicPartitions> owned(
      Map<Uuid, List<Integer>> partitions) {
    List<ConsumerGroupHeartbeatRequestData.TopicPartitions> owned = new ArrayList<>();
    partitions.forEach(
        (topic, numbers) ->
            owned.add(
                new ConsumerGroupHeartbeatRequestData.TopicPartitions()
                    .setTopicId(topic)
                    .setPartitions(numbers)));
    return owned;
  }

  private static ConsumerGroupHeartbeatResponse answered(ConsumerGroupHeartbeatResponseData data) {
    return new ConsumerGroupHeartbeatResponse(
        Codes.error(data.errorCode()),
        "",
        Codes.text(data.memberId()),
        data.memberEpoch(),
        data.heartbeatIntervalMs(),
        Optional.ofNullable(data.assignment()).map(KafkaHeartbeats::assigned));
  }

  private static Map<Uuid, List<Integer>> assigned(
      ConsumerGroupHeartbeatResponseData.Assignment assignment) {
    Map<Uuid, List<Integer>> partitions = new TreeMap<>();
    assignment
        .topicPartitions()
        .forEach(
            topic ->
                partitions.put(topic.topicId(), topic.partitions().stream().sorted().toList()));
    return partitions;
  }
}
