package io.heddle.simulator.client;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics of a producer.
 *
 * <p>Models: {@code record-send-*}, {@code record-error-*}, {@code record-retry-*}, {@code
 * records-per-request-avg}, {@code batch-size-*}, {@code batch-split-*}, {@code
 * record-queue-time-*}, {@code request-latency-*}, {@code metadata-age}, {@code buffer-*}, {@code
 * bufferpool-*}, {@code waiting-threads} and, until it is closed, {@code flush-time-ns-total},
 * {@code metadata-wait-time-ns-total} and {@code txn-*-time-ns-total} of {@code producer-metrics};
 * {@code record-send-*}, {@code record-error-*}, {@code record-retry-*} and {@code byte-*} of
 * {@code producer-topic-metrics}, for each topic that something was sent to. As in Kafka a batch
 * takes {@code batch.size} of the buffer as long as it is there, however little is in it. Averages,
 * maxima and rates are Kafka's own, over windows of virtual time.
 *
 * <p>Does not model: {@code record-size-*}, {@code compression-rate}, {@code compression-rate-avg},
 * {@code produce-throttle-time-*}, {@code requests-in-flight}, {@code txn-prepare-time-ns-total}.
 */
final class ProducerMetrics {
  private final ClientMetrics metrics;
  private final MetricSensor sends;
  private final MetricSensor errors;
  private final MetricSensor retries;
  private final MetricSensor batchSize;
  private final MetricSensor splits;
  private final MetricSensor queueTime;
  private final MetricSensor latency;
  private final Map<String, TopicSends> topics = new LinkedHashMap<>();

  private record TopicSends(
      MetricSensor records, MetricSensor bytes, MetricSensor errors, MetricSensor retries) {}

  ProducerMetrics(ClientMetrics metrics) {
    this.metrics = metrics;
    MetricGroup group = metrics.group("producer-metrics");
    this.sends =
        group
            .sensor()
            .rate("record-send-rate", "The average number of records sent per second.")
            .total("record-send-total", "The total number of records sent.")
            .average("records-per-request-avg", "The average number of records per request.");
    this.errors =
        group
            .sensor()
            .rate(
                "record-error-rate",
                "The average per-second number of record sends that resulted in errors")
            .total(
                "record-error-total", "The total number of record sends that resulted in errors");
    this.retries =
        group
            .sensor()
            .rate("record-retry-rate", "The average per-second number of retried record sends")
            .total("record-retry-total", "The total number of retried record sends");
    this.batchSize =
        group
            .sensor()
            .average(
                "batch-size-avg", "The average number of bytes sent per partition per-request.")
            .max("batch-size-max", "The max number of bytes sent per partition per-request.");
    this.splits =
        group
            .sensor()
            .rate("batch-split-rate", "The average number of batch splits per second")
            .total("batch-split-total", "The total number of batch splits");
    this.queueTime =
        group
            .sensor()
            .average(
                "record-queue-time-avg",
                "The average time in ms record batches spent in the send buffer.")
            .max(
                "record-queue-time-max",
                "The maximum time in ms record batches spent in the send buffer.");
    this.latency =
        group
            .sensor()
            .average("request-latency-avg", "The average request latency in ms")
            .max("request-latency-max", "The maximum request latency in ms");
  }

  ClientMetrics all() {
    return metrics;
  }

  /** A request takes these batches on their way; returns when, for {@link #answered}. */
  long sent(Collection<PendingBatch> batches, long nowNanos) {
    int records = 0;
    for (PendingBatch batch : batches) {
      TopicSends topic = topics.computeIfAbsent(batch.partition().topic(), this::topicSends);
      topic.records.record(batch.size());
      topic.bytes.record(batch.written());
      batchSize.record(batch.written());
      queueTime.record((nowNanos - batch.createdNanos()) / 1_000_000);
      records += batch.size();
    }
    sends.record(records);
    return metrics.nowMs();
  }

  /** Such a request was answered. */
  void answered(long sentMs) {
    latency.record(metrics.nowMs() - sentMs);
  }

  /** A batch is to be sent again. */
  void retried(PendingBatch batch) {
    retries.record(batch.size());
    TopicSends topic = topics.get(batch.partition().topic());
    if (topic != null) {
      topic.retries.record(batch.size());
    }
  }

  /** A batch will not be sent any more. */
  void failed(PendingBatch batch) {
    errors.record(batch.size());
    TopicSends topic = topics.get(batch.partition().topic());
    if (topic != null) {
      topic.errors.record(batch.size());
    }
  }

  /** A record came into no batch. */
  void refused() {
    errors.record(1);
  }

  /** Smaller batches have taken the place of one. */
  void split() {
    splits.record(1);
  }

  private TopicSends topicSends(String name) {
    MetricGroup group = metrics.group("producer-topic-metrics", "", List.of(Map.of("topic", name)));
    return new TopicSends(
        group
            .sensor()
            .rate("record-send-rate", "The average number of records sent per second for a topic.")
            .total("record-send-total", "The total number of records sent for a topic."),
        group
            .sensor()
            .rate("byte-rate", "The average number of bytes sent per second for a topic.")
            .total("byte-total", "The total number of bytes sent for a topic."),
        group
            .sensor()
            .rate(
                "record-error-rate",
                "The average per-second number of record sends that resulted in errors for a topic")
            .total(
                "record-error-total",
                "The total number of record sends that resulted in errors for a topic"),
        group
            .sensor()
            .rate(
                "record-retry-rate",
                "The average per-second number of retried record sends for a topic")
            .total("record-retry-total", "The total number of retried record sends for a topic"));
  }
}
