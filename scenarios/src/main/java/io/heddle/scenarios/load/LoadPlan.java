package io.heddle.scenarios.load;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How much load to put on. An open loop sends each record when it is due, however late the answers
 * are; a closed loop keeps a number of records under way, and sends the next one when one is
 * complete.
 *
 * @param rate records per second of all workloads together; the scenario's own if empty
 * @param ramp how long the rate climbs from nothing at first
 * @param warmUp how long the first rate is then kept before anything is measured
 * @param lasting how long is measured
 * @param steps in how many equal steps the rate is reached, each of which lasts equally long
 * @param poisson whether records are due independently of each other, not at equal distances
 * @param closedLoop how many records are under way at once in a closed loop; 0 for an open one
 * @param checks whether the scenario's invariants are judged
 */
public record LoadPlan(
    OptionalDouble rate,
    Duration ramp,
    Duration warmUp,
    Duration lasting,
    int steps,
    boolean poisson,
    int closedLoop,
    boolean checks) {
  /** The most steps, and the most records that a closed loop keeps under way. */
  public static final int MOST = 1_000_000;

  /** The scenario's own rate for half a minute. */
  public static final LoadPlan DEFAULT =
      new LoadPlan(
          OptionalDouble.empty(),
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofSeconds(30),
          1,
          false,
          0,
          true);

  /** Refuses what cannot be done, or cannot be done together. */
  public LoadPlan {
    require(!ramp.isNegative() && !warmUp.isNegative(), "a time must not be negative");
    require(lasting.toNanos() > 0, "something must be measured, but it lasts " + lasting);
    require(steps >= 1 && steps <= 1_000, "there must be 1 to 1000 steps, not " + steps);
    require(
        closedLoop >= 0 && closedLoop <= MOST,
        "a closed loop has 1 to 1000000 records under way, not " + closedLoop);
    require(
        rate.isEmpty() || (rate.getAsDouble() > 0 && rate.getAsDouble() <= 1e7),
        "a rate is more than 0/s and at most 10000000/s");
    boolean open = closedLoop == 0;
    require(open || rate.isEmpty(), "a closed loop has no rate");
    require(
        open || (ramp.isZero() && steps == 1 && !poisson),
        "a closed loop has no ramp, no steps and no distances between its records");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Whether records are sent when others are complete. */
  public boolean isClosed() {
    return closedLoop > 0;
  }

  /** This plan at a rate. */
  public LoadPlan withRate(double perSecond) {
    return new LoadPlan(
        OptionalDouble.of(perSecond), ramp, warmUp, lasting, steps, poisson, closedLoop, checks);
  }
}
