package io.heddle.simulator.client;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.metrics.MeasurableStat;
import org.apache.kafka.common.metrics.stats.Avg;
import org.apache.kafka.common.metrics.stats.CumulativeCount;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.common.metrics.stats.Max;
import org.apache.kafka.common.metrics.stats.Rate;
import org.apache.kafka.common.metrics.stats.WindowedCount;

/** Kafka's own statistics of one kind of values, told of each together, in the client's time. */
final class MetricSensor {
  private final ClientMetrics metrics;
  private final MetricGroup group;
  private final List<MeasurableStat> stats = new ArrayList<>();

  MetricSensor(ClientMetrics metrics, MetricGroup group) {
    this.metrics = metrics;
    this.group = group;
  }

  MetricSensor with(String name, String description, MeasurableStat stat) {
    group.measure(name, description, stat);
    stats.add(stat);
    return this;
  }

  MetricSensor average(String name, String description) {
    return with(name, description, new Avg());
  }

  MetricSensor max(String name, String description) {
    return with(name, description, new Max());
  }

  /** The sum of all values. */
  MetricSensor total(String name, String description) {
    return with(name, description, new CumulativeSum());
  }

  /** The sum of the values of a second. */
  MetricSensor rate(String name, String description) {
    return with(name, description, new Rate());
  }

  /** The number of all values. */
  MetricSensor count(String name, String description) {
    return with(name, description, new CumulativeCount());
  }

  /** The number of values in a second. */
  MetricSensor countRate(String name, String description) {
    return with(name, description, new Rate(new WindowedCount()));
  }

  void record(long value) {
    long now = metrics.nowMs();
    for (int i = 0; i < stats.size(); i++) {
      stats.get(i).record(metrics.window(), (double) value, now);
    }
  }
}
