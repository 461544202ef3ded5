package io.heddle.scenarios.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * What was measured, interval by interval, in HdrHistogram's log format. An interval is a second,
 * or more where that would make too many. Not thread-safe.
 */
final class IntervalLog {
  private static final long SECOND = 1_000_000_000L;
  private static final long MOST = 3_600;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, false, UTF_8);
  private final HistogramLogWriter writer = new HistogramLogWriter(out);
  private final long lengthNanos;
  private final Map<String, Histogram> current = new TreeMap<>();
  private long index;

  IntervalLog(long startMillis, long expectedNanos) {
    this.lengthNanos = SECOND * Math.max(1, (expectedNanos + MOST * SECOND - 1) / (MOST * SECOND));
    writer.outputComment("[heddle load: latencies in milliseconds, recorded in nanoseconds]");
    writer.outputLogFormatVersion();
    writer.outputStartTime(startMillis);
    writer.outputBaseTime(startMillis);
    writer.outputLegend();
  }

  void service(long atNanos, long nanos, boolean measured) {
    add(atNanos, measured ? "service" : "warm-up.service", nanos);
  }

  void response(long atNanos, long nanos, boolean measured) {
    add(atNanos, measured ? "response" : "warm-up.response", nanos);
  }

  /** What comes a little late, by another thread, counts for the interval that is open. */
  private void add(long atNanos, String tag, long nanos) {
    long at = atNanos / lengthNanos;
    if (at > index) {
      close();
      index = at;
    }
    Histogram histogram = current.computeIfAbsent(tag, each -> Histograms.nanos());
    histogram.setTag(tag);
    histogram.recordValue(nanos);
  }

  private void close() {
    double from = index * lengthNanos / 1e9;
    current.forEach(
        (tag, histogram) ->
            writer.outputIntervalHistogram(
                from, from + lengthNanos / 1e9, histogram, Histograms.NANOS_A_MILLI));
    current.clear();
  }

  /** All of it, what the open interval holds so far included, which begins a new one. */
  String text() {
    close();
    out.flush();
    return bytes.toString(UTF_8);
  }
}
