package io.heddle.simulator.client;

import io.heddle.simulator.core.Simulation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.MetricConfig;

/**
 * The metrics that every client has.
 *
 * <p>Models: {@code version}, {@code commit-id} and {@code start-time-ms} of {@code app-info},
 * until the client is closed; {@code count} of {@code kafka-metrics-count}, which counts those that
 * are modelled.
 *
 * <p>Does not model: what depends on sockets and on Kafka's bytes on the wire: {@code
 * connection-*}, {@code io-*}, {@code network-io-*}, {@code select-*}, {@code request-rate}, {@code
 * request-size-*}, {@code request-total}, {@code response-*}, {@code incoming-byte-*}, {@code
 * outgoing-byte-*}, {@code *-authentication-*}, {@code reauthentication-latency-*}, and the metrics
 * of each node.
 */
final class ClientMetrics {
  private static final Comparator<MetricName> ORDER =
      Comparator.comparing(MetricName::group)
          .thenComparing(MetricName::name)
          .thenComparing(MetricName::tags, ClientMetrics::compareTags);
  private static final String CLIENT_ID = "client-id";
  private static final List<String> TAGS = List.of(CLIENT_ID, "partition", "topic");
  private static final Properties VERSION = version();

  private final Simulation simulation;
  private final String clientId;
  private final MetricConfig window;
  private final long startedMs;
  // Any thread may go through it while the client goes on, as in kafka-clients.
  private final ConcurrentSkipListMap<MetricName, Metric> metrics =
      new ConcurrentSkipListMap<>(ORDER);
  private final MetricGroup appInfo;

  private record Live(MetricName metricName, Supplier<Object> value) implements Metric {
    @Override
    public Object metricValue() {
      return value.get();
    }
  }

  ClientMetrics(ClientContext context, String clientId, AbstractConfig config) {
    this.simulation = context.simulation();
    this.clientId = clientId;
    this.startedMs = simulation.startedAt().toEpochMilli();
    this.window =
        new MetricConfig()
            .samples(config.getInt("metrics.num.samples"))
            .timeWindow(config.getLong("metrics.sample.window.ms"), TimeUnit.MILLISECONDS);
    long now = nowMs();
    this.appInfo = group("app-info");
    appInfo.gauge("version", "Metric indicating version", () -> property("version"));
    appInfo.gauge("commit-id", "Metric indicating commit-id", () -> property("commitId"));
    appInfo.gauge("start-time-ms", "Metric indicating start-time-ms", () -> now);
    group("kafka-metrics-count")
        .measure("count", "total number of registered metrics", (unused, at) -> metrics.size());
  }

  /** What kafka-clients says of itself, from where it has it, too. */
  private static Properties version() {
    Properties properties = new Properties();
    try (InputStream in = MetricName.class.getResourceAsStream("/kafka/kafka-version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return properties;
  }

  private static String property(String name) {
    return VERSION.getProperty(name, "unknown").trim();
  }

  private static int compareTags(Map<String, String> one, Map<String, String> other) {
    // There can be thousands, which differ in these.
    for (String tag : TAGS) {
      int order = one.getOrDefault(tag, "").compareTo(other.getOrDefault(tag, ""));
      if (order != 0) {
        return order;
      }
    }
    return one.equals(other) ? 0 : compareAll(one, other);
  }

  private static int compareAll(Map<String, String> one, Map<String, String> other) {
    Iterator<Map.Entry<String, String>> others = new TreeMap<>(other).entrySet().iterator();
    for (Map.Entry<String, String> each : new TreeMap<>(one).entrySet()) {
      if (!others.hasNext()) {
        return 1;
      }
      Map.Entry<String, String> next = others.next();
      int byName = each.getKey().compareTo(next.getKey());
      int order = byName == 0 ? each.getValue().compareTo(next.getValue()) : byName;
      if (order != 0) {
        return order;
      }
    }
    return others.hasNext() ? -1 : 0;
  }

  /** All there are at any time, in an order that does not depend on how they came. */
  Map<MetricName, ? extends Metric> all() {
    return Collections.unmodifiableMap(metrics);
  }

  /** Metrics that have no tag but the client's id. */
  MetricGroup group(String group) {
    return new MetricGroup(this, group, "", List.of(Map.of(CLIENT_ID, clientId)));
  }

  /** A topic's metrics, or a partition's, with these tags beside the client's id. */
  MetricGroup group(String group, String note, List<Map<String, String>> tags) {
    List<Map<String, String>> all =
        tags.stream()
            .map(
                each -> {
                  Map<String, String> tagged = new TreeMap<>(each);
                  tagged.put(CLIENT_ID, clientId);
                  return Collections.unmodifiableMap(tagged);
                })
            .toList();
    return new MetricGroup(this, group, note, all);
  }

  /** The time by which windows are counted, in milliseconds since the epoch. */
  long nowMs() {
    return startedMs + simulation.nanoTime() / 1_000_000;
  }

  MetricConfig window() {
    return window;
  }

  void measure(MetricName name, Measurable measurable) {
    gauge(name, () -> measurable.measure(window, nowMs()));
  }

  void gauge(MetricName name, Supplier<Object> value) {
    metrics.put(name, new Live(name, () -> simulation.inside(value)));
  }

  void remove(MetricName name) {
    metrics.remove(name);
  }

  /** What kafka-clients takes out of all metrics when a client is closed. */
  void closed() {
    appInfo.remove();
  }

  /**
   * The application's metric would go to a broker that has subscribed to it, and none has: it is
   * only looked at, as kafka-clients does.
   */
  static void subscribe(KafkaMetric metric) {
    java.util.Objects.requireNonNull(metric.metricName());
  }
}
