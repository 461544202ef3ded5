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
  private final RecordLedger ledger;
  private final OpenWork<Work> open = new OpenWork<>();
  private final NearMap<Member, NearMap<TopicPartition, Epoch>> epochs = new NearMap<>();

  KeyOrderChecker(Bookkeeping books) {
    ownership = books.ownership();
    order = books.order();
    ledger = books.ledger();
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
      startOver(sought);
    }
  }

  /** Records come again; what works on those that came before, or waits with them, goes on. */
  private void startOver(Fact.Sought sought) {
    LogOrder.Place end = order.next(sought.partition(), ledger.of(sought.partition()).end());
    Epoch next =
        epoch(sought.member(), sought.partition()).startedOver(new Seek(sought.offset(), end));
    epochs.get(sought.member(), NearMap::new).put(sought.partition(), next);
  }

  private void started(Fact.Started started) {
    findings.judged();
    Epoch epoch = epoch(started.member(), started.partition());
    LogOrder.Place place = place(started);
    Lane lane = epoch.lane(started.key(), place, order.isCutOff(started.partition(), place));
    Work work = new Work(started, place, epoch.tenure, lane);
    Work before = lane.lastStarted;
    if (before == null || lane.mayStart(place)) {
      lane.start(work);
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
      epoch = new Epoch(tenure);
      ofMember.put(partition, epoch);
    }
    return epoch;
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }

  /** One assignment of a partition to a member, or what follows a seek in it. */
  private static final class Epoch {
    final Tenure tenure;
    private final @Nullable Seek seek;

    /** One for each key. */
    private final Map<String, Lane> lanes = new HashMap<>();

    /** Of each key, the place up to which records had started before the seek. */
    private final Map<String, LogOrder.Place> startedBefore;

    Epoch(Tenure tenure) {
      this(tenure, null, new HashMap<>());
    }

    private Epoch(Tenure tenure, @Nullable Seek seek, Map<String, LogOrder.Place> startedBefore) {
      this.tenure = tenure;
      this.seek = seek;
      this.startedBefore = startedBefore;
    }

    Epoch startedOver(Seek next) {
      lanes.forEach(
          (key, lane) -> {
            if (lane.lastStarted != null) {
              startedBefore.put(key, lane.lastStarted.place);
            }
          });
      return new Epoch(tenure, next, startedBefore);
    }

    /**
     * Where a record of the key belongs: with those that waited at the seek, or that come again.
     *
     * @param gone whether it is not in the log any more, and cannot be read again
     */
    Lane lane(String key, LogOrder.Place place, boolean gone) {
      Lane lane = lanes.computeIfAbsent(key, absent -> new Lane(seek != null));
      if (seek == null || !lane.waited) {
        return lane;
      }
      if (place.offset() >= seek.offset && !gone && !lane.mayStart(place)) {
        lane = new Lane(false);
        lanes.put(key, lane);
      } else {
        LogOrder.Place before = startedBefore.get(key);
        lane.waited = seek.end.isAfter(place) && (before == null || place.isAfter(before));
      }
      return lane;
    }

    /** What a work that outlived an earlier assignment completes does not count for this one. */
    void completed(String key, LogOrder.Place place) {
      Lane lane = lanes.get(key);
      if (lane != null && lane.lastStarted != null && place.equals(lane.lastStarted.place)) {
        lane.completed = true;
      }
    }
  }

  /**
   * @param offset from where on records come again
   * @param end the place behind all that could have been read by then
   */
  private record Seek(long offset, LogOrder.Place end) {}

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

    /** Whether all that started may have waited at a seek. */
    boolean waited;

    /** Whether what started last needs no more work. */
    boolean completed;

    Lane(boolean waited) {
      this.waited = waited;
    }

    void start(Work work) {
      lastStarted = work;
      completed = false;
    }

    /**
     * Whether it is the turn of the record: the next one, or the last one again, which is over and
     * has ended badly.
     */
    boolean mayStart(LogOrder.Place place) {
      return lastStarted == null
          || place.isAfter(lastStarted.place)
          || (place.equals(lastStarted.place) && running == 0 && lastEnded != null && !completed);
    }
  }
}
