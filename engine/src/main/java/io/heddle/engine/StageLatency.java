package io.heddle.engine;

import java.time.Duration;

/**
 * How long events were in one stage of their way, sampled since the start. To within 1.6 %.
 *
 * @param stage its name; docs/METRICS.md says which there are
 * @param count how many were sampled
 * @param total their sum
 * @param p50 half of them took no longer
 * @param p90 nine tenths of them took no longer
 * @param p99 99 % of them took no longer
 * @param p999 99.9 % of them took no longer
 * @param max the longest
 */
public record StageLatency(
    String stage,
    long count,
    Duration total,
    Duration p50,
    Duration p90,
    Duration p99,
    Duration p999,
    Duration max) {

  static StageLatency of(String stage, LatencyHistogram.Snapshot times) {
    return new StageLatency(
        stage,
        times.count(),
        Duration.ofNanos(times.totalNanos()),
        Duration.ofNanos(times.quantileNanos(0.5)),
        Duration.ofNanos(times.quantileNanos(0.9)),
        Duration.ofNanos(times.quantileNanos(0.99)),
        Duration.ofNanos(times.quantileNanos(0.999)),
        Duration.ofNanos(times.maxNanos()));
  }
}
