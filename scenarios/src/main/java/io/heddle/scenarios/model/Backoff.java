package io.heddle.scenarios.model;

import java.time.Duration;

/**
 * How long it is waited before failed work is tried again.
 *
 * @param first the time before the second attempt
 * @param multiplier how much longer each further time is
 * @param most the longest time between two attempts, before it varies
 * @param jitter the share by which it varies both ways
 */
public record Backoff(Duration first, double multiplier, Duration most, double jitter) {
  /** Each time twice as long, where nothing is said of it. */
  public static final double MULTIPLIER = 2;

  /** A fifth more or less, where nothing is said of it. */
  public static final double JITTER = 0.2;

  private static final int MOST_TIMES = 100;

  /** Refuses what the engine would refuse. */
  public Backoff {
    Require.positive("first", first);
    Require.that(
        multiplier >= 1 && multiplier <= MOST_TIMES,
        "multiplier must be from 1 to 100, was " + Units.formatNumber(multiplier));
    Require.notNegative("max", most);
    Require.that(
        most.compareTo(first) >= 0,
        "max must be at least first (" + Units.format(first) + "), was " + Units.format(most));
  }

  /** As usual from this time on, up to a hundred times that. */
  public static Backoff of(Duration first) {
    return new Backoff(first, MULTIPLIER, usualMost(first), JITTER);
  }

  /** The longest time where nothing is said of it. */
  public static Duration usualMost(Duration first) {
    return first.multipliedBy(MOST_TIMES);
  }

  /** Whether only the first time is said. */
  public boolean isUsual() {
    return equals(of(first));
  }
}
