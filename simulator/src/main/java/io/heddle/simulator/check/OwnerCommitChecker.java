package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Judges {@link Invariant#OWNER_COMMIT}. */
final class OwnerCommitChecker implements Checker {
  private final Findings findings = new Findings(Invariant.OWNER_COMMIT);
  private final Ownership ownership = new Ownership();
  private final Map<Slot, Floor> floors = new LinkedHashMap<>();
  private final Set<Commit> pending = new LinkedHashSet<>();

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    ownership.accept(fact);
    if (fact instanceof Fact.Committed commit) {
      // Whether a transaction may commit an offset is decided when it asks, not when it ends.
      if (!pending.remove(Commit.of(commit))) {
        findings.judged();
        owner(commit);
      }
      monotone(commit);
    } else if (fact instanceof Fact.CommitPending wanted) {
      Fact.Committed commit = Commit.asked(wanted);
      pending.add(Commit.of(commit));
      findings.judged();
      owner(commit);
    } else if (fact instanceof Fact.Truncated truncated) {
      floors.forEach(
          (slot, floor) -> {
            if (slot.partition.equals(truncated.partition())) {
              floor.offset = Math.min(floor.offset, truncated.endOffset());
            }
          });
    }
  }

  private void owner(Fact.Committed commit) {
    if (!ownership.everAssigned(commit.member())) {
      return;
    }
    Tenure tenure = ownership.tenure(commit.member(), commit.partition());
    Tenure latest = ownership.latest(commit.partition());
    if (tenure.epoch() == 0) {
      violated(commit, tenure, null, "to which the partition was never assigned");
    } else if (tenure.lost() != null) {
      violated(
          commit, tenure, null, "which had lost the partition (" + tenure.lost().reason() + ")");
    } else if (latest != null && latest != tenure) {
      violated(commit, tenure, latest, "after " + latest.member() + " had taken the partition");
    } else if (tenure.revoked() != null) {
      findings.excused("in flight at a revoke");
    } else if (!ownership.heard(commit.member())) {
      findings.excused("in flight at a crash");
    }
  }

  private void violated(
      Fact.Committed commit, Tenure tenure, @Nullable Tenure taker, String clause) {
    findings.violated(
        "%s: offset %d was committed by %s, %s"
            .formatted(commit.partition(), commit.offset(), commit.member(), clause),
        commit,
        Findings.timeline(
            tenure.since(),
            tenure.closing(),
            ownership.crash(commit.member()),
            taker == null ? null : taker.since(),
            commit));
  }

  private void monotone(Fact.Committed commit) {
    Slot slot = new Slot(commit.group(), commit.partition());
    Floor floor = floors.get(slot);
    if (floor == null) {
      floors.put(slot, new Floor(commit));
      return;
    }
    Fact.Committed before = floor.commit;
    if (commit.offset() < floor.offset) {
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
    floor.commit = commit;
    floor.offset = commit.offset();
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

    Floor(Fact.Committed commit) {
      this.commit = commit;
      this.offset = commit.offset();
    }
  }
}
