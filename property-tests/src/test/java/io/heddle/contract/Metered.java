package io.heddle.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** Looks metrics up by group, name and tags, whatever the client's id is. */
final class Metered {
  static final String FETCHES = "consumer-fetch-manager-metrics";
  static final String COORDINATOR = "consumer-coordinator-metrics";
  static final String CONSUMER = "consumer-metrics";
  static final String PRODUCER = "producer-metrics";
  static final String TOPIC = "producer-topic-metrics";

  private Metered() {}

  /**
   * What that metric is now, if there is one.
   *
   * @param tags names and values in turn, all but the client's id
   */
  static Optional<Object> find(
      Map<MetricName, ? extends Metric> metrics, String group, String name, String... tags) {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (int i = 0; i < tags.length; i += 2) {
      wanted.put(tags[i], tags[i + 1]);
    }
    for (Map.Entry<MetricName, ? extends Metric> each : metrics.entrySet()) {
      Map<String, String> others = new LinkedHashMap<>(each.getKey().tags());
      others.remove("client-id");
      if (each.getKey().group().equals(group)
          && each.getKey().name().equals(name)
          && others.equals(wanted)) {
        return Optional.of(each.getValue().metricValue());
      }
    }
    return Optional.empty();
  }

  /** What that metric is now, which has to be there. */
  static double number(
      Map<MetricName, ? extends Metric> metrics, String group, String name, String... tags) {
    Object value =
        find(metrics, group, name, tags)
            .orElseThrow(() -> new AssertionError("there is no " + group + " " + name));
    return ((Number) value).doubleValue();
  }
}
