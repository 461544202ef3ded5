package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Judges {@link Invariant#OWNER_COMMIT}. */
final class OwnerCommitChecker implements Checker {
  private final Findings findings = new Findings(Invariant.OWNER_COMMIT);
  private final Ownership ownership;
  private final LostLogs lostLogs;
  private final Map<Slot, Floor> floors = new LinkedHashMap<>();

  /** What is wrong with the commits that transactions have asked for; nothing with most of them. */
  private final Map<Commit, Optional<Runnable>> pending = new LinkedHashMap<>();

  /** To where positions were set back behind what transactions had asked for, and not ended. */
  private final Map<Commit, Long> overtaken = new LinkedHashMap<>();

  OwnerCommitChecker(Bookkeeping books) {
    ownership = books.ownership();
    lostLogs = books.lostLogs();
  }

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    if (fact instanceof Fact.Committed commit) {
      // Whether a transaction may commit an offset is decided when it asks, not when it ends; but
      // what it asked for does no harm if it is aborted.
      Optional<Runnable> complaint = pending.remove(Commit.of(commit));
      if (complaint == null) {
        findings.judged();
        complaint = owner(commit, false);
      }
      complaint.ifPresent(Runnable::run);
      Long back = overtaken.remove(Commit.of(commit));
      monotone(commit);
      if (back != null) {
        lower(commit, back);
      }
    } else if (fact instanceof Fact.CommitPending wanted) {
      Fact.Committed commit = Commit.asked(wanted);
      findings.judged();
      var unused = overtaken.remove(Commit.of(commit));
      Optional<Runnable> complaint = owner(commit, true);
      // Asked again without an answer to the first time, which may have been in time: whoever took
      // the partition in between waits for the end of the transaction.
      pending.merge(
          Commit.of(commit), complaint, (first, again) -> first.isEmpty() ? first : again);
    } else if (fact instanceof Fact.Truncated truncated) {
      floors.forEach(
          (slot, floor) -> {
            if (slot.partition.equals(truncated.partition())) {
              floor.cutOff(truncated.endOffset());
            }
          });
    } else if (fact instanceof Fact.Sought sought) {
      sought(sought);
    }
  }

  /** A position that Kafka or the application has set back is gone on from, and committed. */
  private void sought(Fact.Sought sought) {
    floors.forEach(
        (slot, floor) -> {
          boolean current =
              ownership.tenure(sought.member(), sought.partition())
                  == ownership.latest(sought.partition());
          if (slot.partition.equals(sought.partition()) && current) {
            floor.offset = Math.min(floor.offset, sought.offset());
          }
        });
    for (Commit asked : pending.keySet()) {
      if (asked.member.equals(sought.member())
          && asked.partition.equals(sought.partition())
          && asked.offset > sought.offset()) {
        overtaken.merge(asked, sought.offset(), Math::min);
      }
    }
  }

  /** The member went back before its transaction ended, and takes back what that has committed. */
  private void lower(Fact.Committed commit, long back) {
    Floor floor = floors.get(new Slot(commit.group(), commit.partition()));
    if (floor != null && floor.commit.equals(commit)) {
      floor.offset = Math.min(floor.offset, back);
    }
  }

  /** Excuses what is to be excused, and returns how to complain of it, if that is to be done. */
  private Optional<Runnable> owner(Fact.Committed commit, boolean inTransaction) {
    if (!ownership.everAssigned(commit.member())) {
      return Optional.empty();
    }
    Tenure tenure = ownership.tenure(commit.member(), commit.partition());
    Tenure latest = ownership.latest(commit.partition());
    if (tenure.epoch() == 0) {
      return violated(commit, tenure, null, "to which the partition was never assigned");
    } else if (tenure.lost() != null && tenure.lost().byMember() && latest == tenure) {
      // The coordinator still counts it in, and nobody else does.
      findings.excused("in flight at a loss");
    } else if (isOfNobody(commit)) {
      findings.excused("as nobody after a loss");
    } else if (tenure.lost() != null) {
      return violated(
          commit, tenure, null, "which had lost the partition (" + tenure.lost().reason() + ")");
    } else if (!inTransaction && wasGivenAway(commit)) {
      findings.excused("given away without being asked");
    } else if (latest != null && latest != tenure) {
      return violated(
          commit, tenure, latest, "after " + latest.member() + " had taken the partition");
    } else if (tenure.revoked() != null) {
      findings.excused("in flight at a revoke");
    } else if (!ownership.heard(commit.member())) {
      findings.excused("in flight at a crash");
    }
    return Optional.empty();
  }

  /**
   * Whether a member commits without the epoch that it has lost, as kafka-clients does by the
   * consumer protocol (KIP-848), and Kafka takes it since the group is empty: fenced by nothing.
   */
  private boolean isOfNobody(Fact.Committed commit) {
    Tenure tenure = ownership.tenure(commit.member(), commit.partition());
    Tenure latest = ownership.latest(commit.partition());
    return commit.generation() < 0
        && tenure.lost() != null
        && (latest == null || latest == tenure || !latest.holds());
  }

  /**
   * Whether another member has the partition by now though this one was not told to let it go, and
   * the coordinator goes on telling this one its epochs. By the consumer protocol a coordinator
   * takes a partition for given back if the member does not say that it owns it, as kafka-clients
   * does until {@code onPartitionsAssigned} has returned (KIP-848). The consumer commits with the
   * member's last epoch, and no application can do anything about it; at worst something is done
   * twice. Whoever commits in a transaction chooses the epoch: with that of the assignment brokers
   * look at each partition (KIP-1251), and with a later one outputs are doubled. So that is not
   * excused.
   */
  private boolean wasGivenAway(Fact.Committed commit) {
    Tenure tenure = ownership.tenure(commit.member(), commit.partition());
    Tenure latest = ownership.latest(commit.partition());
    return latest != null
        && latest != tenure
        && tenure.isGivenAwayTo(latest)
        && commit.generation() >= latest.generation();
  }

  private Optional<Runnable> violated(
      Fact.Committed commit, Tenure tenure, @Nullable Tenure taker, String clause) {
    String message =
        "%s: offset %d was committed by %s, %s"
            .formatted(commit.partition(), commit.offset(), commit.member(), clause);
    var timeline =
        Findings.timeline(
            tenure.since(),
            tenure.closing(),
            ownership.crash(commit.member()),
            taker == null ? null : taker.since(),
            commit);
    return Optional.of(() -> findings.violated(message, commit, timeline));
  }

  private void monotone(Fact.Committed commit) {
    if (lostLogs.isAboutLost(commit)) {
      findings.excused("of a log that lost its tail");
      return;
    }
    if (lostLogs.isOfDeleted(commit)) {
      findings.excused("of a topic that was deleted");
      return;
    }
    Slot slot = new Slot(commit.group(), commit.partition());
    Floor floor = floors.get(slot);
    if (floor == null) {
      floors.put(slot, new Floor(commit));
      return;
    }
    if (wasGivenAway(commit)) {
      // Both go on from what is committed, and neither knows of the other.
      floor.offset = Math.min(floor.offset, commit.offset());
      return;
    }
    Fact.Committed before = floor.commit;
    Tenure tenure = ownership.tenure(commit.member(), commit.partition());
    floor.enter(tenure);
    if (commit.offset() < floor.offset && commit.givenUp()) {
      // Nothing fences two commits of one generation, and the later one went on another connection.
      findings.excused("back by a request given up");
      floor.setBack(tenure, commit.offset());
      return;
    }
    if (commit.offset() < floor.offset && isOfNobody(commit)) {
      findings.excused("back as nobody after a loss");
    } else if (commit.offset() < floor.offset) {
      findings.violated(
          "%s: the committed offset went back from %d, committed by %s, to %d, committed by %s"
              .formatted(
                  commit.partition(),
                  before.offset(),
                  before.member(),
                  commit.offset(),
                  commit.member()),
          commit,
          Findings.timeline(
              ownership.tenure(before.member(), before.partition()).since(),
              before,
              ownership.tenure(commit.member(), commit.partition()).since(),
              commit));
    }
    floor.take(commit);
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }

  /** Who commits what: that a commit is the one that was pending. */
  private record Commit(String group, Member member, TopicPartition partition, long offset) {
    static Commit of(Fact.Committed fact) {
      return new Commit(fact.group(), fact.member(), fact.partition(), fact.offset());
    }

    static Fact.Committed asked(Fact.CommitPending fact) {
      return new Fact.Committed(
          fact.atNanos(),
          fact.group(),
          fact.member(),
          fact.generation(),
          fact.partition(),
          fact.offset(),
          -1,
          "");
    }
  }

  private record Slot(String group, TopicPartition partition) {}

  /** The last commit, and the offset below which the next one must not go. */
  private static final class Floor {
    Fact.Committed commit;
    long offset;
    private long stored;
    private @Nullable Tenure knows;

    Floor(Fact.Committed commit) {
      this.commit = commit;
      this.offset = commit.offset();
    }

    /**
     * The log ends there now. Who goes on from a commit behind that seeks the end if the commit has
     * a leader epoch to ask about, and is out of range otherwise, and reset to anywhere.
     */
    void cutOff(long end) {
      boolean cannotAsk = commit.offset() > end && commit.leaderEpoch() < 0;
      offset = cannotAsk ? 0 : Math.min(offset, end);
    }

    void take(Fact.Committed last) {
      commit = last;
      offset = last.offset();
      knows = null;
    }

    /** Who has committed more than what is stored now has no reason to commit less. */
    void setBack(Tenure owner, long to) {
      stored = to;
      knows = owner;
    }

    /** Any other owner goes on from what is stored. */
    void enter(Tenure owner) {
      if (knows != null && knows != owner) {
        offset = Math.min(offset, stored);
        knows = null;
      }
    }
  }
}
