package io.heddle.simulator.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Measurable;

/** Metrics that have group and tags in common, and come and go together. */
final class MetricGroup {
  private final ClientMetrics metrics;
  private final String group;
  private final String note;
  private final List<Map<String, String>> tags;
  private final List<MetricName> names = new ArrayList<>();

  /**
   * A group with nothing in it.
   *
   * @param note said at the end of each description
   * @param tags each metric is there once with each of these
   */
  MetricGroup(ClientMetrics metrics, String group, String note, List<Map<String, String>> tags) {
    this.metrics = metrics;
    this.group = group;
    this.note = note;
    this.tags = tags;
  }

  private List<MetricName> named(String name, String description) {
    List<MetricName> named =
        tags.stream().map(each -> new MetricName(name, group, description + note, each)).toList();
    names.addAll(named);
    return named;
  }

  /** Something that is a number at any time. */
  void measure(String name, String description, Measurable measurable) {
    named(name, description).forEach(each -> metrics.measure(each, measurable));
  }

  /** Something that is known at any time. */
  void gauge(String name, String description, Supplier<Object> value) {
    named(name, description).forEach(each -> metrics.gauge(each, value));
  }

  /** Statistics of values that are yet to come. */
  MetricSensor sensor() {
    return new MetricSensor(metrics, this);
  }

  /** They are not among the client's metrics any more. */
  void remove() {
    names.forEach(metrics::remove);
    names.clear();
  }
}
