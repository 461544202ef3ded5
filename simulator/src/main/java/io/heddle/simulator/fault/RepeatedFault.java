package io.heddle.simulator.fault;

import java.time.Duration;

/** Chooses how long a fault goes on to happen again and again. */
public final class RepeatedFault {
  private final FaultPlan plan;
  private final Duration period;
  private final Duration jitter;

  RepeatedFault(FaultPlan plan, Duration period, Duration jitter) {
    this.plan = plan;
    this.period = period;
    this.jitter = jitter;
  }

  /** It happens before that time since the start of the run, and not from then on. */
  public TimedFault until(Duration end) {
    if (end.compareTo(period) <= 0) {
      throw new IllegalArgumentException("until must be after " + period + ", was " + end);
    }
    return new TimedFault(plan, period, jitter, end);
  }
}
