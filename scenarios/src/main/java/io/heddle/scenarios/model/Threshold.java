package io.heddle.scenarios.model;

import java.util.Locale;

/**
 * A figure that a run must stay below.
 *
 * @param statistic of the metric's values; only {@link Statistic#MAX} for {@link Metric#MAX_LAG}
 * @param limit what the figure has to be less than: nanoseconds for times, records for lag
 */
public record Threshold(Metric metric, Statistic statistic, long limit) {
  /** Refuses a limit below 1 and a percentile of what is a single number. */
  public Threshold {
    Require.between("limit", limit, 1, Distribution.LARGEST);
    Require.that(
        metric != Metric.MAX_LAG || statistic == Statistic.MAX,
        "value must be given for max_lag, which has no " + statistic.label());
  }

  /** How reports call it: {@code response_time.p99}, {@code max_lag}. */
  public String name() {
    return metric == Metric.MAX_LAG ? metric.label() : metric.label() + "." + statistic.label();
  }

  /** What is measured. */
  public enum Metric {
    /** From the time a record was due to its completion. */
    RESPONSE_TIME,
    /** From the start of the work on a record to its end. */
    SERVICE_TIME,
    /** The most records that a partition's committed offset was ever behind its end. */
    MAX_LAG;

    /** The name in files: {@code response_time}, {@code service_time}, {@code max_lag}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which of the measured values counts. */
  public enum Statistic {
    P50("p50", 0.5),
    P90("p90", 0.9),
    P99("p99", 0.99),
    P999("p99.9", 0.999),
    MAX("max", 1);

    private final String label;
    private final double share;

    Statistic(String label, double share) {
      this.label = label;
      this.share = share;
    }

    /** The name in files: {@code p50}, {@code p99.9}, {@code max}. */
    public String label() {
      return label;
    }

    /** The share of values at or below it, from 0 to 1. */
    public double share() {
      return share;
    }
  }
}
