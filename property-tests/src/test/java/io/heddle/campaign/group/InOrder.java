package io.heddle.campaign.group;

import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse;
import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse.DescribedGroup;
import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse.DescribedMember;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatResponse;
import io.heddle.simulator.protocol.ListGroupsResponse;
import io.heddle.simulator.protocol.ListGroupsResponse.ListedGroup;
import io.heddle.simulator.protocol.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Answers without what carries no meaning: the order of sets, and the words of a refusal. */
final class InOrder {
  private static final Comparator<TopicPartition> PARTITIONS =
      Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

  private InOrder() {}

  static Response of(Response response) {
    if (response instanceof ConsumerGroupHeartbeatResponse told) {
      return new ConsumerGroupHeartbeatResponse(
          told.error(),
          "",
          told.memberId(),
          told.memberEpoch(),
          told.heartbeatIntervalMs(),
          told.assignment().map(InOrder::byTopic));
    } else if (response instanceof ListGroupsResponse listed) {
      return new ListGroupsResponse(
          listed.error(),
          listed.groups().stream().sorted(Comparator.comparing(ListedGroup::groupId)).toList());
    } else if (response instanceof ConsumerGroupDescribeResponse described) {
      return new ConsumerGroupDescribeResponse(
          described.groups().stream().map(InOrder::group).toList());
    }
    return response;
  }

  private static Map<Uuid, List<Integer>> byTopic(Map<Uuid, List<Integer>> partitions) {
    Map<Uuid, List<Integer>> ordered = new TreeMap<>();
    partitions.forEach((topic, numbers) -> ordered.put(topic, numbers.stream().sorted().toList()));
    return ordered;
  }

  private static DescribedGroup group(DescribedGroup group) {
    return new DescribedGroup(
        group.error(),
        "",
        group.groupId(),
        group.groupState(),
        group.groupEpoch(),
        group.assignmentEpoch(),
        group.assignorName(),
        group.members().stream()
            .sorted(Comparator.comparing(DescribedMember::memberId))
            .map(InOrder::member)
            .toList());
  }

  private static DescribedMember member(DescribedMember member) {
    return new DescribedMember(
        member.memberId(),
        member.instanceId(),
        member.rackId(),
        member.memberEpoch(),
        member.clientId(),
        member.clientHost(),
        member.subscribedTopicNames().stream().sorted().toList(),
        member.subscribedTopicRegex(),
        member.assignment().stream().sorted(PARTITIONS).toList(),
        member.targetAssignment().stream().sorted(PARTITIONS).toList());
  }
}
