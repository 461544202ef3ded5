package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Judges {@link Invariant#KEY_EXCLUSIVE}. */
final class KeyExclusiveChecker implements Checker {
  private static final String DEADLINE = "deadline";
  private static final String GIVEN_AWAY = "given away without being asked";

  private final Findings findings = new Findings(Invariant.KEY_EXCLUSIVE);
  private final Ownership ownership;
  private final OpenWork<Work> open = new OpenWork<>();

  /** By topic and key; a key that has come once stays. */
  private final NearMap<String, Map<String, Lane>> byTopic = new NearMap<>();

  private final long revokeDeadlineNanos;

  KeyExclusiveChecker(CheckSettings settings, Bookkeeping books) {
    ownership = books.ownership();
    revokeDeadlineNanos = settings.revokeDeadline().toNanos();
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
      Work work = ownership.heard(ended.member()) ? open.close(ended) : null;
      if (work != null) {
        close(work);
      }
    } else if (fact instanceof Fact.Crashed crashed) {
      open.closeAll(crashed.member()).forEach(KeyExclusiveChecker::close);
    }
  }

  private void started(Fact.Started started) {
    findings.judged();
    Tenure tenure = ownership.tenure(started.member(), started.partition());
    Lane lane =
        byTopic
            .get(started.partition().topic(), HashMap::new)
            .computeIfAbsent(started.key(), key -> new Lane());
    Work work = new Work(started, tenure, lane);
    Work last = null;
    for (Work other = lane.oldest; other != null; other = other.next) {
      overlap(other, work);
      last = other;
    }
    if (last == null) {
      lane.oldest = work;
    } else {
      last.next = work;
    }
    open.open(started, work);
  }

  private static void close(Work work) {
    Lane lane = work.lane;
    if (lane.oldest == work) {
      lane.oldest = work.next;
      return;
    }
    // It is behind the oldest: work is listed for as long as it is open.
    Work before = Objects.requireNonNull(lane.oldest);
    while (before.next != work) {
      before = Objects.requireNonNull(before.next);
    }
    before.next = work.next;
  }

  private void overlap(Work earlier, Work later) {
    if (!earlier.started.member().equals(later.started.member())) {
      String excuse = excuse(earlier);
      excuse = excuse != null ? excuse : excuse(later);
      excuse = excuse != null ? excuse : givenAway(earlier, later);
      if (excuse != null) {
        findings.excused(excuse);
        return;
      }
    }
    findings.violated(
        message(earlier, later),
        later.started,
        Findings.timeline(
            earlier.tenure.since(),
            earlier.started,
            earlier.tenure.closing(),
            later.tenure.since(),
            later.started));
  }

  /** Returns why the member may be working on the key though it is not the owner, or null. */
  private @Nullable String excuse(Work work) {
    Fact.Lost lost = work.tenure.lost();
    if (lost != null) {
      return lost.reason();
    }
    boolean outlivedRevoke = work.tenure.revoked() != null && !work.startedAfterRevoke;
    return outlivedRevoke && work.tenure.revokeNanos() >= revokeDeadlineNanos ? DEADLINE : null;
  }

  /**
   * By the consumer protocol a coordinator takes a partition for given back if its owner does not
   * say that it owns it, as kafka-clients does not until {@code onPartitionsAssigned} has returned
   * (KIP-848): then two members own it, and the former one cannot know.
   */
  private static @Nullable String givenAway(Work one, Work other) {
    return one.started.partition().equals(other.started.partition())
            && (isGivenAway(one.tenure, other.tenure) || isGivenAway(other.tenure, one.tenure))
        ? GIVEN_AWAY
        : null;
  }

  /** What still runs once the former owner has given the partition up is excused by nothing. */
  private static boolean isGivenAway(Tenure former, Tenure taker) {
    return former.holds() && former.isGivenAwayTo(taker);
  }

  private static String message(Work earlier, Work later) {
    Fact.Started first = earlier.started;
    Fact.Started second = later.started;
    if (first.partition().equals(second.partition())) {
      return "key %s of %s: offset %d started at %s while offset %d was still running at %s"
          .formatted(
              second.key(),
              second.partition(),
              second.offset(),
              second.member(),
              first.offset(),
              first.member());
    }
    return "key %s of %s: offset %d of %s started at %s while offset %d of %s was still running at %s"
        .formatted(
            second.key(),
            second.partition().topic(),
            second.offset(),
            second.partition(),
            second.member(),
            first.offset(),
            first.partition(),
            first.member());
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }

  /** What there is of a key. */
  private static final class Lane {
    @Nullable Work oldest;
  }

  /** Work that is open, and the next later one on the same key, which there should not be. */
  private static final class Work {
    final Fact.Started started;
    final Tenure tenure;
    final Lane lane;

    /** Whether the member had given the partition up before. */
    final boolean startedAfterRevoke;

    @Nullable Work next;

    Work(Fact.Started started, Tenure tenure, Lane lane) {
      this.started = started;
      this.tenure = tenure;
      this.lane = lane;
      this.startedAfterRevoke = tenure.revoked() != null;
    }
  }
}
