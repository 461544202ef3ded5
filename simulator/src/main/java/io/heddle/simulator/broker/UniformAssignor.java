package io.heddle.simulator.broker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;

/**
 * Kafka's server-side {@code uniform}: each member gets as many partitions as any other, give or
 * take one, and keeps what it has as far as that goes. If the members subscribe to different
 * topics, {@link UniformBalancer} does it.
 */
final class UniformAssignor implements ServerAssignor {
  static final String NAME = "uniform";

  @Override
  public Map<String, Map<Uuid, Set<Integer>>> assign(Spec spec) {
    if (spec.members().isEmpty()) {
      return Map.of();
    }
    return spec.homogeneous() ? new Even(spec).assign() : new UniformBalancer(spec).assign();
  }

  /** The case in which all members subscribe to the same topics. */
  private static final class Even {
    private final Spec spec;
    private final Set<Uuid> topics;
    private final Map<String, TargetTable> targets = new LinkedHashMap<>();
    private final Map<String, Integer> room = new LinkedHashMap<>();
    private final Deque<PartitionRef> free = new ArrayDeque<>();
    private int quota;
    private int extras;

    Even(Spec spec) {
      this.spec = spec;
      Member first = spec.members().values().iterator().next();
      this.topics = new LinkedHashSet<>(HashOrder.copied(first.topics(), first.names()));
    }

    Map<String, Map<Uuid, Set<Integer>>> assign() {
      if (topics.isEmpty()) {
        return Map.of();
      }
      int total = 0;
      Set<PartitionRef> targeted = targeted();
      for (Uuid topic : topics) {
        int partitions = spec.partitionsOf().applyAsInt(topic);
        total += partitions;
        for (int i = 0; i < partitions; i++) {
          PartitionRef partition = new PartitionRef(topic, i);
          if (!targeted.contains(partition)) {
            free.add(partition);
          }
        }
      }
      quota = total / spec.members().size();
      extras = total % spec.members().size();
      int left = spec.members().size();
      for (String memberId : spec.memberIds()) {
        keep(memberId, left--);
      }
      room.forEach(this::fill);
      if (!free.isEmpty()) {
        throw new IllegalStateException("partitions without an owner: " + free);
      }
      Map<String, Map<Uuid, Set<Integer>>> assigned = new LinkedHashMap<>();
      targets.forEach((memberId, target) -> assigned.put(memberId, target.written()));
      return assigned;
    }

    private Set<PartitionRef> targeted() {
      Set<PartitionRef> targeted = new TreeSet<>();
      spec.members()
          .values()
          .forEach(
              member ->
                  member
                      .target()
                      .forEach(
                          (topic, partitions) ->
                              partitions.forEach(
                                  each -> targeted.add(new PartitionRef(topic, each)))));
      return targeted;
    }

    /** Leaves a member what it has, up to its quota; one of the extra partitions too, if any. */
    private void keep(String memberId, int membersLeft) {
      boolean extra = extras > 0;
      int left = quota + (extra ? 1 : 0);
      Map<Uuid, Set<Integer>> before = spec.member(memberId).target();
      TargetTable kept = TargetTable.copyOf(before);
      for (Uuid topic : TargetTable.topicsOf(before)) {
        if (!topics.contains(topic)) {
          kept.remove(topic);
          continue;
        }
        for (int partition : TargetTable.partitionsOf(before, topic)) {
          if (left > 0) {
            left--;
          } else {
            kept.remove(topic, partition);
            free.add(new PartitionRef(topic, partition));
          }
        }
      }
      if (left > 0 && extra && membersLeft > extras) {
        // Enough others are left to take the extra partitions, who may have them already.
        left--;
        extra = false;
      }
      if (extra) {
        extras--;
      }
      if (left > 0) {
        room.put(memberId, left);
      }
      targets.put(memberId, kept);
    }

    private void fill(String memberId, int places) {
      TargetTable target = targets.get(memberId);
      if (target == null) {
        throw new IllegalStateException("no target of " + memberId);
      }
      for (int i = 0; i < places && !free.isEmpty(); i++) {
        PartitionRef partition = free.remove();
        target.add(partition.topicId(), partition.partition(), HashTable.ofDefaultCapacity());
      }
    }
  }
}
