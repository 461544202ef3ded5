package io.heddle.simulator.broker;

import io.heddle.simulator.history.Fact;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Notes which members of classic groups lose what they worked on, and who has it back. */
final class GroupTenures {
  private final Surroundings surroundings;

  /** What each member lost last, until it has it back. */
  private final Map<Key, Set<TopicPartition>> lost = new LinkedHashMap<>();

  private record Key(String groupId, String memberId) {}

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
      lost.put(new Key(group.groupId(), member.memberId()), partitions);
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

  /** Another member takes the place of a static one, which has lost what it worked on. */
  void replaced(ClassicGroup group, GroupMember old, GroupMember successor) {
    lost(group, old, "fenced");
    if (group.protocolType().equals(ClassicGroup.CONSUMER)) {
      surroundings.record(
          new Fact.Replaced(
              surroundings.nanoTime(),
              old.caller().member(),
              successor.caller().member(),
              group.generation()));
    }
  }

  /**
   * The member had been taken out, and a coordinator that does not know of it begins. The member
   * has back what it has been assigned, and what it was giving up then: it may commit that still.
   */
  void regained(ClassicGroup group, GroupMember member) {
    if (!group.protocolType().equals(ClassicGroup.CONSUMER)) {
      return;
    }
    Set<TopicPartition> partitions =
        new LinkedHashSet<>(Assignments.partitionsOf(member.assignment()));
    Set<TopicPartition> before = lost.remove(new Key(group.groupId(), member.memberId()));
    if (before != null) {
      partitions.addAll(before);
    }
    if (!partitions.isEmpty()) {
      surroundings.record(
          new Fact.Regained(
              surroundings.nanoTime(), member.caller().member(), List.copyOf(partitions)));
    }
  }
}
