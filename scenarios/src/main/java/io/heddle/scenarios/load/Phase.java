package io.heddle.scenarios.load;

/**
 * A stretch of a load, in which the rate is constant or changes evenly. What counts for a record is
 * when it is due.
 *
 * @param fromNanos since the start of the load, included
 * @param toNanos since the start of the load, not included
 * @param fromRate records per second at its beginning; not a number in a closed loop
 * @param toRate records per second at its end; not a number in a closed loop
 */
public record Phase(
    String name, Kind kind, long fromNanos, long toNanos, double fromRate, double toRate) {
  /** What a phase is for. */
  public enum Kind {
    /** The rate climbs from nothing; not part of the result. */
    RAMP,
    /** The first rate, until compilers and caches have settled; not part of the result. */
    WARM_UP,
    /** What the result is made of. */
    MEASURED
  }

  /** How long it lasts, in seconds. */
  public double seconds() {
    return (toNanos - fromNanos) / 1e9;
  }

  /** How many records are due in it, on average; not a number in a closed loop. */
  public double records() {
    return (fromRate + toRate) / 2 * seconds();
  }
}
