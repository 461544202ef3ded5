package io.heddle.scenarios.run;

import io.heddle.scenarios.model.CoverageMark;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Counts how often a run came by the places that make it worth while. Not thread-safe. */
final class Marks {
  private final Map<CoverageMark, Long> hits = new EnumMap<>(CoverageMark.class);
  // Only looked up, never iterated over.
  private final Map<Member, Map<TopicPartition, Count>> open = new HashMap<>();
  private final Map<Member, Set<TopicPartition>> revoking = new HashMap<>();
  private final Set<Member> crashed = new HashSet<>();
  private final Map<TopicPartition, Fact.Assigned> owners = new HashMap<>();
  private final StartedLanes started = new StartedLanes();
  private final Map<TopicPartition, Long> offsets = new HashMap<>();
  private final Map<TopicPartition, Long> starts = new HashMap<>();
  private final Map<String, Integer> partitions;
  private final Set<String> inTransactions;

  /**
   * @param partitions how many partitions each topic has at first
   * @param inTransactions the topics that get records in transactions: of what is removed from
   *     those, nobody says whether it was aborted, and that is what is counted
   */
  Marks(Map<String, Integer> partitions, Set<String> inTransactions) {
    this.partitions = Map.copyOf(partitions);
    this.inTransactions = Set.copyOf(inTransactions);
  }

  void hit(CoverageMark mark) {
    hits.merge(mark, 1L, Long::sum);
  }

  /** How often each was reached; those never reached too. */
  SortedMap<String, Long> counts() {
    TreeMap<String, Long> counts = new TreeMap<>();
    for (CoverageMark mark : CoverageMark.values()) {
      counts.put(mark.label(), hits.getOrDefault(mark, 0L));
    }
    return counts;
  }

  void accept(Fact fact) {
    if (fact instanceof Fact.Started begun) {
      if (!started.add(begun.partition(), begun.offset(), begun.key())) {
        hit(CoverageMark.REDELIVERY);
      }
      work(begun.member(), begun.partition(), 1);
    } else if (fact instanceof Fact.Ended ended) {
      work(ended.member(), ended.partition(), -1);
    } else if (fact instanceof Fact.Assigned assigned) {
      hit(CoverageMark.ASSIGNMENT);
      assigned(assigned);
    } else if (fact instanceof Fact.RevokeStarted revoke) {
      hit(CoverageMark.REVOKE);
      if (inFlight(revoke.member(), revoke.partitions())) {
        hit(CoverageMark.REVOKE_WITH_WORK_IN_FLIGHT);
      }
      revoking
          .computeIfAbsent(revoke.member(), member -> new HashSet<>())
          .addAll(revoke.partitions());
    } else if (fact instanceof Fact.Revoked revoked) {
      if (inFlight(revoked.member(), revoked.partitions())) {
        hit(CoverageMark.REVOKED_PAST_THE_DEADLINE);
      }
      revoked
          .partitions()
          .forEach(revoking.getOrDefault(revoked.member(), new HashSet<>())::remove);
    } else if (fact instanceof Fact.Lost lost) {
      hit(CoverageMark.LOST);
      if (inFlight(lost.member(), lost.partitions())) {
        hit(CoverageMark.LOST_WITH_WORK_IN_FLIGHT);
      }
    } else if (fact instanceof Fact.Replaced replaced) {
      if (!replaced.member().equals(replaced.successor()) && !crashed.contains(replaced.member())) {
        hit(CoverageMark.FENCED_BY_A_TWIN);
      }
    } else if (fact instanceof Fact.Regained) {
      hit(CoverageMark.REGAINED);
    } else if (fact instanceof Fact.Removed removed) {
      removed(removed);
    } else if (fact instanceof Fact.Truncated truncated) {
      hit(truncated.deletion() ? CoverageMark.TOPIC_DELETED : CoverageMark.TRUNCATED);
    } else if (fact instanceof Fact.Crashed crash) {
      hit(CoverageMark.CRASH);
      crashed.add(crash.member());
      Map<TopicPartition, Count> left = open.get(crash.member());
      if (left != null && left.values().stream().anyMatch(count -> count.open > 0)) {
        hit(CoverageMark.CRASH_WITH_WORK_IN_FLIGHT);
      }
    } else if (fact instanceof Fact.Appended record) {
      appended(record.partition());
    } else if (fact instanceof Fact.Committed committed) {
      hit(CoverageMark.COMMIT);
      committed(committed);
      if (revoking.getOrDefault(committed.member(), Set.of()).contains(committed.partition())) {
        hit(CoverageMark.COMMIT_WHILE_REVOKING);
      }
    }
  }

  /** A member that was started again has what it had, and the group has not been asked for it. */
  private void assigned(Fact.Assigned now) {
    boolean kept = false;
    for (TopicPartition partition : now.partitions()) {
      Fact.Assigned before = owners.put(partition, now);
      kept |=
          before != null
              && before.generation() == now.generation()
              && before.member().name().equals(now.member().name())
              && before.member().incarnation() < now.member().incarnation()
              && crashed.contains(before.member());
    }
    if (kept) {
      hit(CoverageMark.KEPT_OVER_A_RESTART);
    }
  }

  private void appended(TopicPartition partition) {
    int known = partitions.getOrDefault(partition.topic(), Integer.MAX_VALUE);
    if (partition.partition() >= known) {
      hit(CoverageMark.PARTITION_ADDED);
    }
  }

  private void removed(Fact.Removed removed) {
    TopicPartition partition = removed.partition();
    if (!partitions.containsKey(partition.topic())) {
      hit(CoverageMark.OUTPUT_ABORTED);
    } else if (inTransactions.contains(partition.topic())) {
      hit(CoverageMark.INPUT_ABORTED);
    } else if (removed.fromOffset() == starts.getOrDefault(partition, 0L)) {
      starts.put(partition, removed.toOffset());
      hit(CoverageMark.EXPIRED);
    } else {
      hit(CoverageMark.COMPACTED);
    }
  }

  private void committed(Fact.Committed commit) {
    if (!commit.metadata().isEmpty()) {
      hit(CoverageMark.COMMIT_BEHIND_A_GAP);
    }
    Long before = offsets.put(commit.partition(), commit.offset());
    if (before != null && before > commit.offset()) {
      hit(CoverageMark.COMMIT_WENT_BACK);
    }
  }

  private void work(Member member, TopicPartition partition, int change) {
    open.computeIfAbsent(member, each -> new HashMap<>())
            .computeIfAbsent(partition, each -> new Count())
            .open +=
        change;
  }

  private boolean inFlight(Member member, Collection<TopicPartition> partitions) {
    Map<TopicPartition, Count> work = open.get(member);
    return work != null && partitions.stream().map(work::get).anyMatch(Count::isOpen);
  }

  /** How many pieces of work are under way; ends of what was never seen to start count, too. */
  private static final class Count {
    int open;

    static boolean isOpen(@Nullable Count count) {
      return count != null && count.open > 0;
    }
  }
}
