package io.heddle.simulator.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.stats.Min;
import org.apache.kafka.common.metrics.stats.Value;

/**
 * What a consumer measures of its fetches: {@code consumer-fetch-manager-metrics}. As in
 * kafka-clients, what a fetch has brought counts once all that came with it has been read or let
 * go, and lag and lead of a partition are those after the last poll that looked at it.
 */
final class FetchMetrics {
  private static final String GROUP = "consumer-fetch-manager-metrics";
  private static final String NOTE =
      " Note: For topic names with periods (.), an additional metric with underscores is emitted."
          + " However, the periods replaced metric is deprecated. Please use the metric with"
          + " actual topic name instead.";

  private final ClientMetrics metrics;
  private final Subscriptions subscriptions;
  private final MetricSensor bytes;
  private final MetricSensor records;
  private final MetricSensor latency;
  private final MetricSensor lag;
  private final MetricSensor lead;
  private final Map<String, TopicFetches> topics = new LinkedHashMap<>();
  private final Map<TopicPartition, PartitionFetches> partitions = new LinkedHashMap<>();
  private final List<FetchedPart> over = new ArrayList<>();
  private int assignment;

  private record TopicFetches(MetricSensor bytes, MetricSensor records) {}

  /** A partition's metrics, which are there while it is assigned. */
  private static final class PartitionFetches {
    private final MetricGroup group;
    private final MetricSensor lag;
    private final MetricSensor lead;
    private boolean read;

    PartitionFetches(MetricGroup group) {
      this.group = group;
      this.lag = group.sensor();
      this.lead = group.sensor();
      group.gauge(
          "preferred-read-replica",
          "The current read replica for the partition, or -1 if reading from leader.",
          () -> -1);
    }

    void record(long lagNow, long leadNow) {
      if (!read) {
        read = true;
        lag.with("records-lag", "The latest lag of the partition.", new Value())
            .max("records-lag-max", "The max lag of the partition.")
            .average("records-lag-avg", "The average lag of the partition.");
        lead.with("records-lead", "The latest lead of the partition.", new Value())
            .with("records-lead-min", "The min lead of the partition.", new Min())
            .average("records-lead-avg", "The average lead of the partition.");
      }
      lag.record(lagNow);
      lead.record(leadNow);
    }
  }

  FetchMetrics(ClientMetrics metrics, Subscriptions subscriptions) {
    this.metrics = metrics;
    this.subscriptions = subscriptions;
    MetricGroup group = metrics.group(GROUP);
    this.bytes =
        group
            .sensor()
            .average("fetch-size-avg", "The average number of bytes fetched per request")
            .max("fetch-size-max", "The maximum number of bytes fetched per request")
            .rate("bytes-consumed-rate", "The average number of bytes consumed per second")
            .total("bytes-consumed-total", "The total number of bytes consumed");
    this.records =
        group
            .sensor()
            .average("records-per-request-avg", "The average number of records in each request")
            .rate("records-consumed-rate", "The average number of records consumed per second")
            .total("records-consumed-total", "The total number of records consumed");
    this.latency =
        group
            .sensor()
            .average("fetch-latency-avg", "The average time taken for a fetch request.")
            .max("fetch-latency-max", "The max time taken for any fetch request.")
            .countRate("fetch-rate", "The number of fetch requests per second.")
            .count("fetch-total", "The total number of fetch requests.");
    this.lag =
        group
            .sensor()
            .max(
                "records-lag-max",
                "The maximum lag in terms of number of records for any partition in this window."
                    + " NOTE: This is based on current offset and not committed offset");
    this.lead =
        group
            .sensor()
            .with(
                "records-lead-min",
                "The minimum lead in terms of number of records for any partition in this window",
                new Min());
  }

  /** Tags of what is kept for a topic: Kafka has them with underscores for dots, too. */
  private static List<Map<String, String>> tags(String topic, Map<String, String> more) {
    List<Map<String, String>> tags = new ArrayList<>();
    tags.add(tagged(topic, more));
    if (topic.contains(".")) {
      tags.add(tagged(topic.replace('.', '_'), more));
    }
    return tags;
  }

  private static Map<String, String> tagged(String topic, Map<String, String> more) {
    Map<String, String> tags = new TreeMap<>(more);
    tags.put("topic", topic);
    return tags;
  }

  /** Partitions that are not assigned any more lose their metrics before the next fetch. */
  void assigned() {
    if (subscriptions.changes() == assignment) {
      return;
    }
    assignment = subscriptions.changes();
    partitions
        .entrySet()
        .removeIf(
            each -> {
              boolean gone = subscriptions.find(each.getKey()) == null;
              if (gone) {
                each.getValue().group.remove();
              }
              return gone;
            });
    for (PartitionState state : subscriptions.states()) {
      partitions.computeIfAbsent(
          state.partition(),
          partition ->
              new PartitionFetches(
                  metrics.group(
                      GROUP,
                      NOTE,
                      tags(
                          partition.topic(),
                          Map.of("partition", String.valueOf(partition.partition()))))));
    }
  }

  /** A fetch was answered. */
  void answered(long sentMs) {
    latency.record(metrics.nowMs() - sentMs);
  }

  long nowMs() {
    return metrics.nowMs();
  }

  /** Nothing more of it will be read; it counts when the consumer has looked at it. */
  void over(FetchedPart part) {
    over.add(part);
  }

  /** The consumer has looked at what it has fetched. */
  void settle() {
    if (!over.isEmpty()) {
      over.forEach(FetchedPart::count);
      over.clear();
    }
  }

  /** The consumer has as many records as it may return, and has looked at no more for that. */
  void settleSeen() {
    for (FetchedPart part : List.copyOf(over)) {
      if (!part.unseen()) {
        over.remove(part);
        part.count();
      }
    }
  }

  /** The consumer is closed, which lets go what it has not read. */
  void closed() {
    subscriptions.states().forEach(PartitionState::release);
    over.forEach(FetchedPart::countUnseen);
    over.clear();
  }

  /** The consumer has looked at what it has fetched of that partition. */
  void looked(PartitionState state) {
    PartitionFetches partition = partitions.get(state.partition());
    boolean assigned = subscriptions.find(state.partition()) == state;
    if (partition != null && assigned && state.valid() && state.end() >= 0) {
      long behind = state.end() - state.position();
      long ahead = state.position() - state.start();
      lag.record(behind);
      lead.record(ahead);
      partition.record(behind, ahead);
    }
  }

  /** All that a fetch has brought has been read or let go. */
  void fetched(int size, int count) {
    bytes.record(size);
    records.record(count);
  }

  void fetched(String topic, int size, int count) {
    TopicFetches fetches = topics.computeIfAbsent(topic, this::topicFetches);
    fetches.bytes.record(size);
    fetches.records.record(count);
  }

  private TopicFetches topicFetches(String topic) {
    MetricGroup group = metrics.group(GROUP, NOTE, tags(topic, Map.of()));
    return new TopicFetches(
        group
            .sensor()
            .average(
                "fetch-size-avg", "The average number of bytes fetched per request for a topic.")
            .max("fetch-size-max", "The maximum number of bytes fetched per request for a topic.")
            .rate(
                "bytes-consumed-rate",
                "The average number of bytes consumed per second for a topic.")
            .total("bytes-consumed-total", "The total number of bytes consumed for a topic."),
        group
            .sensor()
            .average(
                "records-per-request-avg",
                "The average number of records in each request for a topic.")
            .rate(
                "records-consumed-rate",
                "The average number of records consumed per second for a topic.")
            .total("records-consumed-total", "The total number of records consumed for a topic."));
  }
}
