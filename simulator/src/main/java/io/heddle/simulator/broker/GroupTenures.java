package io.heddle.simulator.broker;

import io.heddle.simulator.history.Fact;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Notes which members of classic groups lose what they worked on, and who has it back. */
final class GroupTenures {
  private final Surroundings surroundings;

  GroupTenures(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The member has lost what it worked on, without having been asked. */
  void lost(ClassicGroup group, GroupMember member, String reason) {
    if (!group.protocolType().equals(ClassicGroup.CONSUMER)) {
      return;
    }
    Set<TopicPartition> partitions =
        new LinkedHashSet<>(Assignments.partitionsOf(member.delivered()));
    partitions.addAll(Assignments.partitionsOf(member.givingUp()));
    if (!partitions.isEmpty()) {
      surroundings.record(
          Fact.Lost.decided(
              surroundings.nanoTime(),
              member.caller().member(),
              List.copyOf(partitions),
              reason,
              // Whoever comes back under a static member's name goes on in its generation.
              member.groupInstanceId().isPresent() ? -1 : group.generation()));
    }
  }

  /** The member had been taken out, and a coordinator that does not know of it begins. */
  void regained(ClassicGroup group, GroupMember member) {
    if (!group.protocolType().equals(ClassicGroup.CONSUMER)) {
      return;
    }
    List<TopicPartition> partitions = Assignments.partitionsOf(member.assignment());
    if (!partitions.isEmpty()) {
      surroundings.record(
          new Fact.Regained(surroundings.nanoTime(), member.caller().member(), partitions));
    }
  }
}
