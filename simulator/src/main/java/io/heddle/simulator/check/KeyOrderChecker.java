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
  private final LogOrder order;
  private final OpenWork<Work> open = new OpenWork<>();
  private final NearMap<Member, NearMap<TopicPartition, Epoch>> epochs = new NearMap<>();

  KeyOrderChecker(Bookkeeping books) {
    ownership = books.ownership();
    order = books.order();
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
        completed(completed);
      }
    } else if (fact instanceof Fact.Crashed crashed) {
      open.closeAll(crashed.member());
      epochs.remove(crashed.member());
    } else if (fact instanceof Fact.Sought sought) {
      startOver(sought.member(), sought.partition());
    }
  }

  /** Records come again; what works on those that came before goes on. */
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
    Work work = new Work(started, place(started), epoch.tenure, lane);
    Work before = lane.lastStarted;
    if (before == null
        || work.place.isAfter(before.place)
        || (work.place.equals(before.place) && lane.mayTryAgain(epoch))) {
      lane.lastStarted = work;
    } else {
      work.ascends = false;
      startedTooLate(work, before);
    }
    lane.running++;
    open.open(started, work);
  }

  private LogOrder.Place place(Fact.Started started) {
    return order.place(started.partition(), started.offset(), started.stamp());
  }

  private void startedTooLate(Work work, Work before) {
    Fact.Started started = work.started;
    String what =
        before.place.equals(work.place)
            ? "offset %d started again at %s without a new assignment"
                .formatted(started.offset(), started.member())
            : "%s started after %s, both at %s"
                .formatted(
                    work.place.describe(before.place),
                    before.place.describe(work.place),
                    started.member());
    findings.violated(
        "key %s of %s: %s".formatted(started.key(), started.partition(), what),
        started,
        Findings.timeline(work.tenure.since(), before.started, started));
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
    work.ended = ended;
    Lane lane = work.lane;
    lane.running--;
    Work before = lane.lastEnded;
    if (before == null || !before.place.isAfter(work.place)) {
      lane.lastEnded = work;
    } else if (work.ascends) {
      // Work that started out of order has been reported then, and cannot but end so.
      findings.violated(
          "key %s of %s: %s ended before %s, both at %s"
              .formatted(
                  work.started.key(),
                  ended.partition(),
                  before.place.describe(work.place),
                  work.place.describe(before.place),
                  ended.member()),
          ended,
          Findings.timeline(
              work.tenure.since(), work.started, before.started, before.ended, ended));
    }
  }

  private void completed(Fact.Completed fact) {
    LogOrder.Place place = order.place(fact.partition(), fact.offset(), fact.stamp());
    epoch(fact.member(), fact.partition()).completed(fact.key(), place);
  }

  private Epoch epoch(Member member, TopicPartition partition) {
    NearMap<TopicPartition, Epoch> ofMember = epochs.get(member, NearMap::new);
    Epoch epoch = ofMember.get(partition);
    Tenure tenure = ownership.tenure(member, partition);
    if (epoch == null || epoch.tenure.epoch() != tenure.epoch()) {
      epoch = new Epoch(tenure, new HashMap<>(), new HashMap<>());
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
   * @param completed the offsets of the records that need no more work, by the cuts before them
   */
  private record Epoch(Tenure tenure, Map<String, Lane> lanes, Map<Integer, OffsetSet> completed) {
    /** What a work that outlived an earlier assignment completes does not count for this one. */
    void completed(String key, LogOrder.Place place) {
      Lane lane = lanes.get(key);
      if (lane != null && lane.lastStarted != null && !place.isAfter(lane.lastStarted.place)) {
        completed.computeIfAbsent(place.cuts(), cuts -> new OffsetSet()).add(place.offset());
      }
    }

    boolean isComplete(LogOrder.Place place) {
      OffsetSet offsets = completed.get(place.cuts());
      return offsets != null && offsets.contains(place.offset());
    }
  }

  private static final class Work {
    final Fact.Started started;
    final LogOrder.Place place;
    final Tenure tenure;
    final Lane lane;
    boolean ascends = true;
    Fact.@Nullable Ended ended;

    Work(Fact.Started started, LogOrder.Place place, Tenure tenure, Lane lane) {
      this.started = started;
      this.place = place;
      this.tenure = tenure;
      this.lane = lane;
    }
  }

  private static final class Lane {
    @Nullable Work lastStarted;
    @Nullable Work lastEnded;
    int running;

    /** Whether the last work to start has ended badly: it is over, and the record not complete. */
    boolean mayTryAgain(Epoch epoch) {
      return running == 0 && lastEnded != null && !epoch.isComplete(lastEnded.place);
    }
  }
}
