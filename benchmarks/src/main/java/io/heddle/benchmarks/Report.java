package io.heddle.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;

/**
 * All figures of a run.
 *
 * @param rows what was measured
 * @param ratios of the medians, so the larger the better or, for a latency, the worse
 */
record Report(List<Row> rows, List<Ratio> ratios) {
  private static final String MANY = "%,.0f";
  private static final String FEW = "%.1f";

  /** An arm at a workload: the median, the least and the most of its runs, each in its own JVM. */
  record Row(String workload, String arm, double median, double min, double max, String unit) {}

  /** How one arm's median compares to another's, or to the ideal of a workload. */
  record Ratio(String workload, String of, String to, double value) {}

  String json() {
    try {
      return new ObjectMapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For people, 80 columns wide. */
  String table() {
    StringBuilder text = new StringBuilder();
    line(text, "%-14s %-7s %12s %12s %12s  %s", "workload", "arm", "median", "min", "max", "unit");
    for (Row row : rows) {
      line(
          text,
          "%-14s %-7s %12s %12s %12s  %s",
          row.workload(),
          row.arm(),
          number(row.median()),
          number(row.min()),
          number(row.max()),
          row.unit());
    }
    text.append('\n');
    for (Ratio ratio : ratios) {
      line(
          text,
          "%-14s %-7s to %-6s %9s",
          ratio.workload(),
          ratio.of(),
          ratio.to(),
          String.format(Locale.ROOT, "%.2f", ratio.value()));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 1000 ? FEW : MANY, value);
  }
}
