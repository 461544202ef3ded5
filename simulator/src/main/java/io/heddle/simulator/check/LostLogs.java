package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Follows the logs that lost their tails, and who may not know it yet: a consumer goes on with what
 * it has fetched, and commits it, until it hears of the new leader. A commit without a leader epoch
 * may have been under way then, or be made by who went on from one and cannot ask: as long as no
 * other record has the offset of the one that was lost, it is about that.
 */
final class LostLogs {
  private final Map<TopicPartition, List<Fact.Truncated>> losses = new LinkedHashMap<>();

  private final Map<TopicPartition, Set<Member>> unaware = new LinkedHashMap<>();
  private final Map<TopicPartition, Set<Member>> owners = new LinkedHashMap<>();
  private final RecordLedger ledger;

  /** Looks up in the ledger which offsets records have and had. */
  LostLogs(RecordLedger ledger) {
    this.ledger = ledger;
  }

  void accept(Fact fact) {
    if (fact instanceof Fact.Truncated loss) {
      losses.computeIfAbsent(loss.partition(), id -> new ArrayList<>()).add(loss);
      unaware
          .computeIfAbsent(loss.partition(), id -> new LinkedHashSet<>())
          .addAll(owners.getOrDefault(loss.partition(), Set.of()));
    } else if (fact instanceof Fact.Sought sought) {
      aware(sought.member(), sought.partition());
    } else if (fact instanceof Fact.Assigned assigned) {
      for (TopicPartition partition : assigned.partitions()) {
        aware(assigned.member(), partition);
        owners.computeIfAbsent(partition, id -> new LinkedHashSet<>()).add(assigned.member());
      }
    }
  }

  private void aware(Member member, TopicPartition partition) {
    Set<Member> members = unaware.get(partition);
    if (members != null) {
      members.remove(member);
    }
  }

  /** Whether the commit is of an offset of a log as it was, by somebody who cannot know. */
  boolean isAboutLost(Fact.Committed commit) {
    return isLost(commit, commit.offset() - 1, commit.leaderEpoch()) || isBehindTheEnd(commit);
  }

  /**
   * Whether a record of a topic that was deleted had the offset, and none of the topic as it is now
   * has it yet. Such a commit was under way; its leader epoch says nothing, for a new topic begins
   * with the same ones.
   */
  boolean isOfDeleted(Fact.Committed commit) {
    PartitionLedger log = ledger.of(commit.partition());
    long last = commit.offset() - 1;
    return last >= log.end() && last < log.unjudgedBelow();
  }

  private boolean isBehindTheEnd(Fact.Committed commit) {
    if (commit.leaderEpoch() >= 0 || !losses.containsKey(commit.partition())) {
      return false;
    }
    PartitionLedger log = ledger.of(commit.partition());
    long last = commit.offset() - 1;
    return last >= log.end() && last >= log.unjudgedBelow() && log.isOfLostRecord(last);
  }

  /**
   * Whether the record at this offset, which the commit says is complete, was one of a log as it
   * was.
   *
   * @param leaderEpoch the record's leader epoch, or a higher one, or -1
   */
  boolean isLost(Fact.Committed commit, long offset, int leaderEpoch) {
    List<Fact.Truncated> lost = losses.get(commit.partition());
    if (lost == null) {
      return false;
    }
    for (Fact.Truncated loss : lost) {
      boolean beyond = offset >= loss.endOffset();
      boolean epochsKnown = leaderEpoch >= 0 && loss.leaderEpoch() >= 0;
      boolean older =
          epochsKnown
              ? leaderEpoch < loss.leaderEpoch()
              : unaware.getOrDefault(commit.partition(), Set.of()).contains(commit.member());
      if (beyond && older) {
        return true;
      }
    }
    return false;
  }
}
