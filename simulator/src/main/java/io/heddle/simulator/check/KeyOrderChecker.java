package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Judges {@link Invariant#KEY_ORDER}. */
final class KeyOrderChecker implements Checker {
  private final Findings findings = new Findings(Invariant.KEY_ORDER);
  private final Ownership ownership;
  private final OpenWork<Work> open = new OpenWork<>();
  private final NearMap<Member, NearMap<TopicPartition, Epoch>> epochs = new NearMap<>();

  KeyOrderChecker(Bookkeeping books) {
    ownership = books.ownership();
  }

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    if (fact instanceof Fact.Started started) {
      if (ownership.heard(started.member())) {
        started(started);
      }
    } else if (fact instanceof Fact.Ended ended) {
      if (ownership.heard(ended.member())) {
        ended(ended);
      }
    } else if (fact instanceof Fact.Completed completed) {
      if (ownership.heard(completed.member())) {
        epoch(completed.member(), completed.partition()).completed(completed);
      }
    } else if (fact instanceof Fact.Crashed crashed) {
      open.closeAll(crashed.member());
      epochs.remove(crashed.member());
    } else if (fact instanceof Fact.Sought sought) {
      startOver(sought.member(), sought.partition());
    } else if (fact instanceof Fact.Truncated truncated) {
      epochs.keys().forEach(member -> startOver(member, truncated.partition()));
    }
  }

  private void startOver(Member member, TopicPartition partition) {
    NearMap<TopicPartition, Epoch> ofMember = epochs.get(member);
    if (ofMember != null) {
      ofMember.remove(partition);
    }
  }

  private void started(Fact.Started started) {
    findings.judged();
    Epoch epoch = epoch(started.member(), started.partition());
    Lane lane = epoch.lanes.computeIfAbsent(started.key(), key -> new Lane());
    Fact.Started before = lane.lastStarted;
    boolean ascends = true;
    if (before != null && before.offset() == started.offset() && lane.mayTryAgain(epoch)) {
      lane.lastStarted = started;
    } else if (before != null && before.offset() >= started.offset()) {
      ascends = false;
      startedTooLate(started, before, epoch.tenure);
    } else {
      lane.lastStarted = started;
    }
    lane.running++;
    open.open(started, new Work(started, epoch.tenure, lane, ascends));
  }

  private void startedTooLate(Fact.Started started, Fact.Started before, Tenure tenure) {
    String what =
        before.offset() == started.offset()
            ? "offset %d started again at %s without a new assignment"
                .formatted(started.offset(), started.member())
            : "offset %d started after offset %d, both at %s"
                .formatted(started.offset(), before.offset(), started.member());
    findings.violated(
        "key %s of %s: %s".formatted(started.key(), started.partition(), what),
        started,
        Findings.timeline(tenure.since(), before, started));
  }

  private void ended(Fact.Ended ended) {
    findings.judged();
    Work work = open.close(ended);
    if (work == null) {
      findings.violated(
          "key %s of %s: offset %d ended at %s, where no work on it was open"
              .formatted(ended.key(), ended.partition(), ended.offset(), ended.member()),
          ended,
          Findings.timeline(ownership.tenure(ended.member(), ended.partition()).since(), ended));
      return;
    }
    Lane lane = work.lane;
    lane.running--;
    Fact.Ended before = lane.lastEnded;
    if (before == null || before.offset() <= ended.offset()) {
      lane.lastEnded = ended;
      lane.lastEndedStart = work.started;
    } else if (work.ascends) {
      // Work that started out of order has been reported then, and cannot but end so.
      findings.violated(
          "key %s of %s: offset %d ended before offset %d, both at %s"
              .formatted(
                  work.started.key(),
                  ended.partition(),
                  before.offset(),
                  ended.offset(),
                  ended.member()),
          ended,
          Findings.timeline(work.tenure.since(), work.started, lane.lastEndedStart, before, ended));
    }
  }

  private Epoch epoch(Member member, TopicPartition partition) {
    NearMap<TopicPartition, Epoch> ofMember = epochs.get(member, NearMap::new);
    Epoch epoch = ofMember.get(partition);
    Tenure tenure = ownership.tenure(member, partition);
    if (epoch == null || epoch.tenure.epoch() != tenure.epoch()) {
      epoch = new Epoch(tenure, new HashMap<>(), new OffsetSet());
      ofMember.put(partition, epoch);
    }
    return epoch;
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }

  /**
   * One assignment of a partition to a member.
   *
   * @param lanes one for each key
   * @param completed the records that need no more work
   */
  private record Epoch(Tenure tenure, Map<String, Lane> lanes, OffsetSet completed) {
    /** What a work that outlived an earlier assignment completes does not count for this one. */
    void completed(Fact.Completed fact) {
      Lane lane = lanes.get(fact.key());
      if (lane != null && lane.lastStarted != null && lane.lastStarted.offset() >= fact.offset()) {
        completed.add(fact.offset());
      }
    }
  }

  private record Work(Fact.Started started, Tenure tenure, Lane lane, boolean ascends) {}

  private static final class Lane {
    Fact.@Nullable Started lastStarted;
    Fact.@Nullable Ended lastEnded;
    Fact.@Nullable Started lastEndedStart;
    int running;

    /** Whether the last work to start has ended badly: it is over, and the record not complete. */
    boolean mayTryAgain(Epoch epoch) {
      return running == 0 && lastEnded != null && !epoch.completed.contains(lastEnded.offset());
    }
  }
}
