package io.heddle.scenarios.model;

/** When the records of a workload are due. */
public sealed interface Arrival {
  /** The highest rate that can be asked for, in records per second. */
  double FASTEST = 1e7;

  /** At equal distances. */
  record Uniform(double perSecond) implements Arrival {
    /** Refuses a rate that is not above 0. */
    public Uniform {
      Arrival.check(perSecond);
    }
  }

  /** Independently of each other, at distances drawn from the exponential distribution. */
  record Poisson(double perSecond) implements Arrival {
    /** Refuses a rate that is not above 0. */
    public Poisson {
      Arrival.check(perSecond);
    }
  }

  /** All at once, when the workload starts. */
  record Burst() implements Arrival {}

  private static void check(double perSecond) {
    Require.that(
        perSecond > 0 && perSecond <= FASTEST,
        "rate must be more than 0/s and at most 10000000/s, was " + perSecond + "/s");
  }
}
