package io.heddle.simulator.broker;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Shows groups to the outside. */
final class GroupViews {
  private GroupViews() {}

  static GroupView of(Group group, Topics topics) {
    if (group instanceof ConsumerGroup assigned) {
      return of(assigned, topics);
    }
    if (group instanceof ClassicGroup classic) {
      return of(classic);
    }
    throw new IllegalStateException("a group of no known kind: " + group.groupId());
  }

  private static GroupView of(ConsumerGroup group, Topics topics) {
    return new GroupView(
        group.groupId(),
        group.stateTitle(),
        group.epoch(),
        group.protocolType(),
        group.votes().preferred(),
        "",
        group.members().stream()
            .map(
                member ->
                    new GroupView.MemberView(
                        member.memberId(),
                        member.instanceId(),
                        member.caller().member(),
                        topics.named(member.assigned().keySet()),
                        false,
                        false))
            .toList());
  }

  static GroupView of(ClassicGroup group) {
    return new GroupView(
        group.groupId(),
        group.state().title(),
        group.generation(),
        group.protocolType(),
        group.protocolName(),
        group.leaderId(),
        group.members().stream().map(member -> of(group, member)).toList());
  }

  /** What the member's assignment names; nothing in a protocol that we cannot read. */
  static List<TopicPartition> assigned(ClassicGroup group, GroupMember member) {
    return group.protocolType().equals(ClassicGroup.CONSUMER)
        ? Assignments.partitionsOf(member.assignment())
        : List.of();
  }

  private static GroupView.MemberView of(ClassicGroup group, GroupMember member) {
    return new GroupView.MemberView(
        member.memberId(),
        member.groupInstanceId(),
        member.caller().member(),
        assigned(group, member),
        member.isAwaitingJoin(),
        member.isAwaitingSync());
  }
}
