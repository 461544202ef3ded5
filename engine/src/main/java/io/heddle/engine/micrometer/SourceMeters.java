package io.heddle.engine.micrometer;

import io.heddle.engine.CommitBlocker;
import io.heddle.engine.EventSource;
import io.heddle.engine.PauseReason;
import io.heddle.engine.SourceState;
import io.heddle.engine.StageLatency;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one source; docs/METRICS.md names them all. They read what the source counts
 * anyway, when the registry asks: a record costs nothing more for them. Schedulers and batchers are
 * to be made before this is bound. Thread-safe.
 *
 * <p>What happens now and then (retries, dead letters, rebalances) is counted by {@link
 * MeteredListener}.
 */
public final class SourceMeters implements MeterBinder {
  private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999, 1};

  private final EventSource source;
  private final Tags tags;

  /**
   * Meters of this source.
   *
   * @param tags for all of them, in pairs of key and value; more than one source in a registry
   *     needs some
   */
  public SourceMeters(EventSource source, String... tags) {
    this.source = Objects.requireNonNull(source, "source");
    this.tags = Tags.of(tags);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counters(registry);
    gauges(registry);
    for (StageLatency stage : source.latencies()) {
      latency(registry, stage.stage());
    }
    for (String stage : source.activeKeys().keySet()) {
      gauge(registry, "heddle.keys.active", "keys queued or running", Tags.of("stage", stage))
          .apply(each -> each.activeKeys().getOrDefault(stage, 0));
      gauge(
              registry,
              "heddle.keys.hottest",
              "jobs or items of the key with the most",
              Tags.of("stage", stage))
          .apply(
              each ->
                  each.hotKeys(Integer.MAX_VALUE).stream()
                      .filter(key -> key.stage().equals(stage))
                      .mapToInt(key -> key.jobs())
                      .max()
                      .orElse(0));
    }
  }

  private void counters(MeterRegistry registry) {
    counter(registry, "heddle.records.polled", "records polled", null)
        .apply(each -> each.statistics().polledRecords());
    counter(registry, "heddle.bytes.polled", "bytes of keys and values polled", "bytes")
        .apply(each -> each.statistics().polledBytes());
    counter(registry, "heddle.records.completed", "records completed", null)
        .apply(each -> each.statistics().completedRecords());
  }

  private void gauges(MeterRegistry registry) {
    gauge(registry, "heddle.records.in.flight", "records polled and not complete", Tags.empty())
        .apply(each -> each.statistics().inFlightRecords());
    gauge(registry, "heddle.bytes.in.flight", "bytes of these", Tags.empty())
        .apply(each -> each.statistics().inFlightBytes());
    gauge(
            registry,
            "heddle.records.behind.gap",
            "records complete behind one that is not",
            Tags.empty())
        .apply(each -> each.statistics().behindGapRecords());
    gauge(registry, "heddle.partitions.assigned", "partitions owned", Tags.empty())
        .apply(each -> each.statistics().assignedPartitions());
    gauge(registry, "heddle.partitions.stopped", "partitions that a failure stopped", Tags.empty())
        .apply(each -> each.stoppedPartitions().size());
    for (PauseReason reason : PauseReason.values()) {
      gauge(
              registry,
              "heddle.partitions.paused",
              "partitions whose intake is stopped, by reason",
              Tags.of("reason", reason.name()))
          .apply(each -> each.paused().values().stream().filter(reason::equals).count());
    }
    for (SourceState state : SourceState.values()) {
      gauge(registry, "heddle.state", "1 for the state it is in", Tags.of("state", state.name()))
          .apply(each -> each.state() == state ? 1 : 0);
    }
    TimeGauge.builder(
            "heddle.commit.blocked",
            source,
            TimeUnit.NANOSECONDS,
            each -> oldest(each.commitBlockers()).toNanos())
        .description("age of the oldest event that holds back a commit")
        .tags(tags)
        .register(registry);
  }

  private void latency(MeterRegistry registry, String stage) {
    FunctionTimer.builder(
            "heddle.latency",
            source,
            each -> of(each, stage).count(),
            each -> of(each, stage).total().toNanos(),
            TimeUnit.NANOSECONDS)
        .description("sampled time in a stage: count and sum")
        .tags(tags.and("stage", stage))
        .register(registry);
    for (double quantile : QUANTILES) {
      TimeGauge.builder(
              "heddle.latency.quantile",
              source,
              TimeUnit.NANOSECONDS,
              each -> quantile(of(each, stage), quantile).toNanos())
          .description("sampled time in a stage, since the start")
          .tags(tags.and("stage", stage, "quantile", String.valueOf(quantile)))
          .register(registry);
    }
  }

  private static StageLatency of(EventSource source, String stage) {
    return source.latencies().stream()
        .filter(latency -> latency.stage().equals(stage))
        .findFirst()
        .orElseThrow();
  }

  private static Duration quantile(StageLatency latency, double quantile) {
    if (quantile == 0.5) {
      return latency.p50();
    }
    if (quantile == 0.9) {
      return latency.p90();
    }
    if (quantile == 0.99) {
      return latency.p99();
    }
    return quantile == 0.999 ? latency.p999() : latency.max();
  }

  private static Duration oldest(List<CommitBlocker> blockers) {
    return blockers.stream().map(CommitBlocker::age).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  private interface Reading {
    void apply(ToDoubleFunction<EventSource> value);
  }

  private Reading counter(MeterRegistry registry, String name, String what, @Nullable String unit) {
    return value ->
        FunctionCounter.builder(name, source, value)
            .description(what)
            .baseUnit(unit)
            .tags(tags)
            .register(registry);
  }

  private Reading gauge(MeterRegistry registry, String name, String what, Tags more) {
    return value ->
        Gauge.builder(name, source, value)
            .description(what)
            .tags(tags.and(more))
            .register(registry);
  }
}
