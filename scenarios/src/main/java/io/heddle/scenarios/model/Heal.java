package io.heddle.scenarios.model;

import java.time.Duration;

/**
 * When faults end, and how long the application then has to finish everything.
 *
 * @param at scenario time from which on no fault is injected
 * @param within how long after that everything has to be finished
 */
public record Heal(Duration at, Duration within) {
  /** After half a minute, within one more. */
  public static final Heal DEFAULT = new Heal(Duration.ofSeconds(30), Duration.ofMinutes(1));

  /** Refuses a negative time and no time at all to finish. */
  public Heal {
    Require.notNegative("at", at);
    Require.positive("within", within);
  }

  /** Scenario time by which everything has to be finished. */
  public Duration deadline() {
    return at.plus(within);
  }
}
