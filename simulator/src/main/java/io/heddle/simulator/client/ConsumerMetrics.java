package io.heddle.simulator.client;

import java.util.concurrent.TimeUnit;

/**
 * The metrics of a consumer.
 *
 * <p>Models: {@code consumer-fetch-manager-metrics} of the client, of each topic and of each
 * assigned partition, with those of a topic with dots twice, as Kafka has them; {@code
 * consumer-coordinator-metrics} of a consumer with a group, {@code join-*} and {@code sync-*} by
 * the classic protocol only; until it is closed, {@code last-poll-seconds-ago}, {@code
 * time-between-poll-*}, {@code commit-sync-time-ns-total} and {@code committed-time-ns-total} of
 * {@code consumer-metrics}. Averages, maxima and rates are Kafka's own, over {@code
 * metrics.num.samples} windows of {@code metrics.sample.window.ms} in virtual time.
 *
 * <p>Does not model: {@code fetch-throttle-time-*}; {@code poll-idle-ratio-avg}, since often no
 * time passes in a poll nor before it, of which Kafka makes NaN; {@code
 * partition-assigned-latency-*}, {@code partition-revoked-latency-*} and {@code
 * partition-lost-latency-*}; of the consumer protocol, {@code application-event*}, {@code
 * background-event-*}, {@code unsent-requests-queue-*} and {@code
 * time-between-network-thread-poll-*}.
 */
final class ConsumerMetrics {
  private final ClientMetrics metrics;
  private final FetchMetrics fetches;
  private final MetricGroup group;
  private final MetricSensor betweenPolls;
  private final MetricSensor commitSync;
  private final MetricSensor committed;
  private long lastPollMs;

  ConsumerMetrics(ClientMetrics metrics, Subscriptions subscriptions) {
    this.metrics = metrics;
    this.fetches = new FetchMetrics(metrics, subscriptions);
    this.group = metrics.group("consumer-metrics");
    group.measure(
        "last-poll-seconds-ago",
        "The number of seconds since the last poll() invocation.",
        (config, now) -> lastPollMs == 0 ? -1 : secondsSince(lastPollMs, now));
    this.betweenPolls =
        group
            .sensor()
            .average(
                "time-between-poll-avg",
                "The average delay between invocations of poll() in milliseconds.")
            .max(
                "time-between-poll-max",
                "The max delay between invocations of poll() in milliseconds.");
    this.commitSync =
        group
            .sensor()
            .total(
                "commit-sync-time-ns-total",
                "The total time the consumer has spent in commitSync in nanoseconds");
    this.committed =
        group
            .sensor()
            .total(
                "committed-time-ns-total",
                "The total time the consumer has spent in committed in nanoseconds");
  }

  static double secondsSince(long thenMs, long nowMs) {
    return TimeUnit.MILLISECONDS.toSeconds(nowMs - thenMs);
  }

  ClientMetrics all() {
    return metrics;
  }

  FetchMetrics fetches() {
    return fetches;
  }

  void polled() {
    long now = metrics.nowMs();
    betweenPolls.record(lastPollMs == 0 ? 0 : now - lastPollMs);
    lastPollMs = now;
  }

  void commitSyncTook(long nanos) {
    commitSync.record(nanos);
  }

  void committedTook(long nanos) {
    committed.record(nanos);
  }

  /** The consumer has been closed, of which kafka-clients leaves what it has fetched and done. */
  void closed() {
    fetches.closed();
    group.remove();
    metrics.closed();
  }
}
