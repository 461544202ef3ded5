package io.heddle.simulator.core;

import java.time.Duration;

/**
 * How far a process's wall clock is off, depending on the true time. Only what asks for wall time
 * notices: time-outs, timers and {@code nanoTime} run true.
 */
@FunctionalInterface
public interface ClockSkew {
  /** By how many nanoseconds the clock is ahead, so long after the start of the run. */
  long offsetNanos(long nowNanos);

  /** The clock shows the true time. */
  static ClockSkew none() {
    return now -> 0;
  }

  /** The clock is ahead by so much, or behind where that is negative. */
  static ClockSkew constant(Duration offset) {
    long nanos = offset.toNanos();
    return now -> nanos;
  }

  /** The clock is right up to that time, and then jumps. */
  static ClockSkew step(Duration at, Duration offset) {
    long from = at.toNanos();
    long nanos = offset.toNanos();
    return now -> now < from ? 0 : nanos;
  }

  /**
   * The clock is right up to that time, and then gains so much in every second, or loses it.
   *
   * @param perSecond less than a second, so that the clock goes on forward
   */
  static ClockSkew linear(Duration from, Duration perSecond) {
    long start = from.toNanos();
    long gain = perSecond.toNanos();
    long second = Duration.ofSeconds(1).toNanos();
    if (Math.abs(gain) >= second) {
      throw new IllegalArgumentException("perSecond must be less than a second, was " + perSecond);
    }
    return now -> {
      long since = Math.max(0, now - start);
      return since / second * gain + since % second * gain / second;
    };
  }

  /**
   * The clock is right up to that time, and then swings: evenly from right to so far ahead, over
   * right to as far behind, and back to right.
   *
   * @param by how far it is off at most
   * @param period how long one swing takes
   */
  static ClockSkew periodic(Duration from, Duration by, Duration period) {
    long start = from.toNanos();
    long most = by.toNanos();
    long whole = period.toNanos();
    if (most <= 0 || whole <= 0) {
      throw new IllegalArgumentException(
          "by and period must be positive, were " + by + " and " + period);
    }
    return now -> {
      double turn = (double) (Math.max(0, now - start) % whole) / whole;
      double share = turn < 0.25 ? 4 * turn : turn < 0.75 ? 2 - 4 * turn : 4 * turn - 4;
      return (long) (share * most);
    };
  }
}
