package io.heddle.scenarios.run;

import io.heddle.scenarios.result.RunResult.LatencySummary;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.HdrHistogram.Histogram;

/** Latencies of a run. Thread-safe. */
final class Measurements {
  private static final long HIGHEST_MICROS = TimeUnit.DAYS.toMicros(2);
  private static final int DIGITS = 3;

  private final ReentrantLock lock = new ReentrantLock();
  private final Histogram service = new Histogram(HIGHEST_MICROS, DIGITS);
  private final Histogram response = new Histogram(HIGHEST_MICROS, DIGITS);

  void service(long nanos) {
    add(service, nanos);
  }

  void response(long nanos) {
    add(response, nanos);
  }

  private void add(Histogram histogram, long nanos) {
    lock.lock();
    try {
      histogram.recordValue(Math.min(HIGHEST_MICROS, Math.max(0, nanos / 1_000)));
    } finally {
      lock.unlock();
    }
  }

  LatencySummary serviceSummary() {
    return summary(service);
  }

  LatencySummary responseSummary() {
    return summary(response);
  }

  private LatencySummary summary(Histogram histogram) {
    lock.lock();
    try {
      return new LatencySummary(
          histogram.getTotalCount(),
          histogram.getValueAtPercentile(50),
          histogram.getValueAtPercentile(90),
          histogram.getValueAtPercentile(99),
          histogram.getValueAtPercentile(99.9),
          histogram.getMaxValue());
    } finally {
      lock.unlock();
    }
  }
}
