package io.heddle.scenarios.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.scenarios.result.RunResult.LatencySummary;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Histograms of nanoseconds, to within a tenth of a percent. */
final class Histograms {
  /** What logs and percentile files divide by: they are in milliseconds. */
  static final double NANOS_A_MILLI = 1e6;

  private static final int DIGITS = 3;
  private static final int STEPS_A_HALVING = 5;
  private static final long HIGHEST = TimeUnit.DAYS.toNanos(30);

  private Histograms() {}

  /** An empty one, which grows with its values. */
  static Histogram nanos() {
    return new Histogram(DIGITS);
  }

  /** A time that can be recorded. */
  static long fit(long nanos) {
    return Math.min(HIGHEST, Math.max(0, nanos));
  }

  /** In microseconds. */
  static LatencySummary summary(Histogram histogram) {
    return new LatencySummary(
        histogram.getTotalCount(),
        histogram.getValueAtPercentile(50) / 1_000,
        histogram.getValueAtPercentile(90) / 1_000,
        histogram.getValueAtPercentile(99) / 1_000,
        histogram.getValueAtPercentile(99.9) / 1_000,
        histogram.getMaxValue() / 1_000);
  }

  /** The distribution as HdrHistogram's tools plot it, in milliseconds. */
  static String percentiles(Histogram histogram) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, UTF_8)) {
      histogram.outputPercentileDistribution(out, STEPS_A_HALVING, NANOS_A_MILLI);
    }
    return bytes.toString(UTF_8);
  }
}
