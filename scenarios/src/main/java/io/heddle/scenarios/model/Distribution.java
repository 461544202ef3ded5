package io.heddle.scenarios.model;

import java.util.function.DoubleSupplier;

/**
 * A law for durations in nanoseconds or sizes in bytes. A sample takes exactly one draw, or none if
 * the law leaves nothing to chance, and grows with the draw; the same draw gives the same sample on
 * every machine.
 */
public sealed interface Distribution {
  /** No sample is larger than this: 2^60, some 36 years in nanoseconds. */
  long LARGEST = 1L << 60;

  /**
   * Draws one value.
   *
   * @param unit draws uniformly from 0 (included) to 1 (excluded)
   * @return nanoseconds or bytes, from 0 to {@link #LARGEST}
   */
  long sample(DoubleSupplier unit);

  /** Always the same value. */
  record Constant(long value) implements Distribution {
    /** Refuses a negative value. */
    public Constant {
      Require.between("constant", value, 0, LARGEST);
    }

    @Override
    public long sample(DoubleSupplier unit) {
      return value;
    }
  }

  /** Every value from {@code min} to {@code max}, both included, is as likely as any other. */
  record Uniform(long min, long max) implements Distribution {
    /** Refuses a negative bound and bounds in the wrong order. */
    public Uniform {
      Require.between("uniform", min, 0, LARGEST);
      Require.between("uniform", max, 0, LARGEST);
      Require.that(
          min <= max, "uniform must not start above its end, was [" + min + ", " + max + "]");
    }

    @Override
    public long sample(DoubleSupplier unit) {
      long width = max - min + 1;
      return min + Math.min(width - 1, (long) (unit.getAsDouble() * width));
    }
  }

  /** Waiting times between independent events. */
  record Exponential(long mean) implements Distribution {
    /** Refuses a mean below 1. */
    public Exponential {
      Require.between("exponential", mean, 1, LARGEST);
    }

    @Override
    public long sample(DoubleSupplier unit) {
      return Distribution.bounded(-StrictMath.log1p(-unit.getAsDouble()) * mean);
    }
  }

  /**
   * Service times as they are in practice: most near the median, a few far above it.
   *
   * @param median half of all samples are below it
   * @param sigma the standard deviation of the logarithm, from 0 to 5; with 0.7 the 99th percentile
   *     is 5 times the median
   */
  record LogNormal(long median, double sigma) implements Distribution {
    /** Refuses a median below 1 and a sigma outside 0 to 5. */
    public LogNormal {
      Require.between("lognormal", median, 1, LARGEST);
      Require.that(
          sigma >= 0 && sigma <= 5, "lognormal must have a sigma from 0 to 5, was " + sigma);
    }

    @Override
    public long sample(DoubleSupplier unit) {
      double normal = NormalQuantile.of(unit.getAsDouble());
      return Distribution.bounded(median * StrictMath.exp(sigma * normal));
    }
  }

  private static long bounded(double value) {
    return Math.min(LARGEST, StrictMath.round(value));
  }
}
