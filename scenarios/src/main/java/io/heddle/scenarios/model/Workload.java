package io.heddle.scenarios.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A stream of records into one topic. It ends after {@code count} records or when it has lasted for
 * {@code lasting}, whichever comes first; at least one of the two is given.
 *
 * @param count how many records at most; null for as many as are due in {@code lasting}
 * @param lasting for how long records are due ({@code for} in a file); null for until {@code count}
 * @param size of a value, in bytes
 * @param startAt scenario time at which the first record is due at the earliest
 */
public record Workload(
    String topic,
    @Nullable Long count,
    @Nullable Duration lasting,
    Arrival arrival,
    Keys keys,
    Distribution size,
    Duration startAt) {
  /** Keys of a workload that does not say which. */
  public static final Keys DEFAULT_KEYS = new Keys.Uniform(100);

  /** Sizes of a workload that does not say which: 100 bytes. */
  public static final Distribution DEFAULT_SIZE = new Distribution.Constant(100);

  /** Refuses a workload without an end. */
  public Workload {
    Require.name("topic", topic);
    Require.that(count != null || lasting != null, "count or for must be given, but neither is");
    if (count != null) {
      Require.between("count", count, 1, 1_000_000_000);
    }
    if (lasting != null) {
      Require.positive("for", lasting);
    }
    Require.that(
        !(arrival instanceof Arrival.Burst) || lasting == null,
        "for must not be given with arrival burst, where all records are due at once");
    Require.notNegative("start-at", startAt);
  }

  /**
   * When the last record is due, in scenario time; on average, where distances are drawn at random.
   */
  public Duration lastDue() {
    Duration span = lasting;
    if (count != null) {
      Duration needed = Duration.ofNanos((long) (count * nanosBetween()));
      span = span == null || needed.compareTo(span) < 0 ? needed : span;
    }
    return span == null ? startAt : startAt.plus(span);
  }

  private double nanosBetween() {
    if (arrival instanceof Arrival.Uniform uniform) {
      return 1e9 / uniform.perSecond();
    }
    if (arrival instanceof Arrival.Poisson poisson) {
      return 1e9 / poisson.perSecond();
    }
    return 0;
  }
}
