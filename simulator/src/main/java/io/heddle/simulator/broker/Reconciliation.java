package io.heddle.simulator.broker;

import io.heddle.simulator.broker.ConsumerMember.State;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.common.Uuid;

/**
 * Moves a member of a consumer group towards its target, as far as can be now: first it gives up
 * what it is not to own, then it gets what nobody else holds any more.
 *
 * @param target what it is to own in the end
 * @param subscribed the topics that it subscribes to; what it has of others it is to give up
 * @param subscribesToNothing whether it names no topic at all, there or not
 * @param subscriptionChanged whether that has just changed
 * @param owned what it says it owns, if it says so
 * @param taken whether some member of the group holds the partition
 */
record Reconciliation(
    ConsumerMember member,
    int targetEpoch,
    Set<PartitionRef> target,
    Set<Uuid> subscribed,
    boolean subscribesToNothing,
    boolean subscriptionChanged,
    Optional<Set<PartitionRef>> owned,
    Predicate<PartitionRef> taken) {

  ConsumerMember next() {
    return switch (member.state()) {
      case STABLE -> {
        if (member.epoch() != targetEpoch) {
          yield towardsTarget();
        }
        yield subscriptionChanged ? withoutUnsubscribed() : member;
      }
      case UNREVOKED_PARTITIONS -> {
        if (!stillOwns(member.revoking().keySet())) {
          yield towardsTarget();
        }
        yield subscriptionChanged ? withoutUnsubscribed() : member;
      }
      case UNRELEASED_PARTITIONS -> towardsTarget();
    };
  }

  /** Who does not say what it owns may own all of it. */
  private boolean stillOwns(Set<PartitionRef> partitions) {
    return owned.isEmpty() || owned.get().stream().anyMatch(partitions::contains);
  }

  /** Takes away what is no longer subscribed to, and leaves the rest to a later step. */
  private ConsumerMember withoutUnsubscribed() {
    SortedMap<PartitionRef, Integer> kept = new TreeMap<>();
    SortedMap<PartitionRef, Integer> gone = new TreeMap<>(member.revoking());
    boolean any = false;
    for (var entry : member.assigned().entrySet()) {
      if (subscribed.contains(entry.getKey().topicId())) {
        kept.put(entry.getKey(), entry.getValue());
      } else {
        gone.put(entry.getKey(), entry.getValue());
        any = true;
      }
    }
    boolean nothingLeft = subscribesToNothing && member.revoking().isEmpty();
    if (!any && !nothingLeft) {
      return member;
    }
    if (!gone.isEmpty() && stillOwns(gone.keySet())) {
      return member.reconciled(State.UNREVOKED_PARTITIONS, member.epoch(), kept, gone);
    }
    return member.reconciled(member.state(), member.epoch(), kept, member.revoking());
  }

  private ConsumerMember towardsTarget() {
    SortedMap<PartitionRef, Integer> kept = new TreeMap<>();
    SortedMap<PartitionRef, Integer> gone = new TreeMap<>();
    Set<PartitionRef> wanted = new TreeSet<>(target);
    wanted.removeIf(partition -> !subscribed.contains(partition.topicId()));
    member
        .assigned()
        .forEach(
            (partition, since) -> (wanted.contains(partition) ? kept : gone).put(partition, since));
    if (!gone.isEmpty() && stillOwns(gone.keySet())) {
      return member.reconciled(State.UNREVOKED_PARTITIONS, member.epoch(), kept, gone);
    }
    boolean unreleased = false;
    for (PartitionRef partition : wanted) {
      if (kept.containsKey(partition)) {
        continue;
      }
      // What it has just given up itself is free for it.
      if (taken.test(partition) && !member.revoking().containsKey(partition)) {
        unreleased = true;
      } else {
        kept.put(partition, targetEpoch);
      }
    }
    return member.reconciled(
        unreleased ? State.UNRELEASED_PARTITIONS : State.STABLE,
        targetEpoch,
        kept,
        ConsumerMember.NOTHING);
  }
}
