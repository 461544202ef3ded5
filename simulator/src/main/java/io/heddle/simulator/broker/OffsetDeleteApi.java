package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.OffsetDeleteRequest;
import io.heddle.simulator.protocol.OffsetDeleteResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Forgets offsets that a group has committed.
 *
 * <p>Models: unknown groups and topics, topics that the group subscribes to, groups with members
 * that are no consumers, partitions of which nothing is committed.
 *
 * <p>Does not model: authorization.
 */
final class OffsetDeleteApi implements RequestHandler<OffsetDeleteRequest> {
  private final Coordinators coordinators;
  private final Groups groups;
  private final Topics topics;
  private final OffsetStore offsets;

  OffsetDeleteApi(Coordinators coordinators, Groups groups, Topics topics, OffsetStore offsets) {
    this.coordinators = coordinators;
    this.groups = groups;
    this.topics = topics;
    this.offsets = offsets;
  }

  @Override
  public void handle(Call call, OffsetDeleteRequest request) {
    ErrorCode error = coordinators.check(call.brokerId(), request.groupId());
    if (error != ErrorCode.NONE) {
      call.reply(request.refusal(error));
      return;
    }
    Group group = groups.find(request.groupId()).orElse(null);
    if (group == null) {
      call.reply(request.refusal(ErrorCode.GROUP_ID_NOT_FOUND));
    } else if (group instanceof ClassicGroup classic
        && !classic.isEmpty()
        && !classic.protocolType().equals(ClassicSubscription.CONSUMER)) {
      call.reply(request.refusal(ErrorCode.NON_EMPTY_GROUP));
    } else {
      Map<TopicPartition, ErrorCode> results = new LinkedHashMap<>();
      for (TopicPartition partition : request.partitions()) {
        results.put(partition, delete(group, partition));
      }
      call.reply(new OffsetDeleteResponse(ErrorCode.NONE, results));
    }
  }

  private ErrorCode delete(Group group, TopicPartition partition) {
    if (topics.find(partition).isEmpty()) {
      return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }
    if (isSubscribed(group, partition.topic())) {
      return ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC;
    }
    offsets.forget(group.groupId(), partition);
    return ErrorCode.NONE;
  }

  private static boolean isSubscribed(Group group, String topic) {
    return group instanceof ConsumerGroup assigned
        ? assigned.subscribed().names().contains(topic)
        : ((ClassicGroup) group).isSubscribedTo(topic);
  }
}
