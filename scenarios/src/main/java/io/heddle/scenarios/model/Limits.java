package io.heddle.scenarios.model;

import java.time.Duration;

/**
 * Where a run is cut off; crossing any of them means that the run did not finish.
 *
 * @param virtual scenario time
 * @param wall real time
 * @param events steps of the simulator
 */
public record Limits(Duration virtual, Duration wall, long events) {
  /** Ten minutes of scenario time, one of real time, five million steps. */
  public static final Limits DEFAULT =
      new Limits(Duration.ofMinutes(10), Duration.ofMinutes(1), 5_000_000);

  /** Refuses limits of nothing. */
  public Limits {
    Require.positive("virtual", virtual);
    Require.positive("wall", wall);
    Require.between("events", events, 1, Long.MAX_VALUE);
  }
}
