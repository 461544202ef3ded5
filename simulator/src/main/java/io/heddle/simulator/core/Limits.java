package io.heddle.simulator.core;

import java.time.Duration;

/**
 * When to give a run up.
 *
 * @param virtual virtual time
 * @param events how many events may happen
 * @param wall real time
 * @param blocked real time for which one thread may keep the turn without a sign of life before the
 *     watchdog looks at its stack
 */
public record Limits(Duration virtual, long events, Duration wall, Duration blocked) {
  /** A virtual day, a billion events, ten real minutes, and five real seconds. */
  public static final Limits DEFAULT =
      new Limits(Duration.ofDays(1), 1_000_000_000L, Duration.ofMinutes(10), Duration.ofSeconds(5));

  /** Refuses limits that no run could keep. */
  public Limits {
    positive("virtual", virtual);
    positive("wall", wall);
    positive("blocked", blocked);
    if (events < 1) {
      throw new IllegalArgumentException("events must be at least 1, was " + events);
    }
  }

  private static void positive(String field, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(field + " must be positive, was " + value);
    }
  }
}
