package io.heddle.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class ClientMetricsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final KafkaFixture kafka = new KafkaFixture(1);

  private ClientMetrics metrics(Map<String, Object> settings) {
    Map<String, Object> all = new LinkedHashMap<>(settings);
    all.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
    all.put("value.serializer", "org.apache.kafka.common.serialization.StringSerializer");
    return new ClientMetrics(kafka.context("app"), "me", ProducerSettings.of(all).config());
  }

  private static double value(ClientMetrics metrics, String name) {
    MetricName wanted = new MetricName(name, "things", "", Map.of("client-id", "me"));
    return (double) KafkaFixture.at(Map.copyOf(metrics.all()), wanted).metricValue();
  }

  private static MetricSensor sensor(ClientMetrics metrics) {
    return metrics
        .group("things")
        .sensor()
        .average("avg", "")
        .max("max", "")
        .rate("rate", "")
        .total("total", "")
        .count("count", "");
  }

  @Test
  void averagesMaximaAndRatesAreThoseOfKafkasWindowsInVirtualTime() throws Exception {
    kafka
        .simulation()
        .run(
            () -> {
              ClientMetrics metrics = metrics(Map.of());
              MetricSensor sensor = sensor(metrics);
              assertThat(value(metrics, "avg")).isNaN();

              sensor.record(10);
              kafka.simulation().sleep(40 * SECOND);
              sensor.record(50);
              kafka.simulation().sleep(10 * SECOND);

              assertThat(value(metrics, "avg")).isEqualTo(30);
              assertThat(value(metrics, "max")).isEqualTo(50);
              assertThat(value(metrics, "rate")).isEqualTo(60 / 50.0);

              // The first of the two windows is over.
              kafka.simulation().sleep(20 * SECOND);
              assertThat(value(metrics, "avg")).isEqualTo(50);
              assertThat(value(metrics, "rate")).isEqualTo(50 / 30.0);

              kafka.simulation().sleep(60 * SECOND);
              assertThat(value(metrics, "max")).isNaN();
              assertThat(value(metrics, "rate")).isZero();
              assertThat(value(metrics, "total")).isEqualTo(60);
              assertThat(value(metrics, "count")).isEqualTo(2);
              return true;
            });
  }

  @Test
  void windowsAreAsLongAndAsManyAsTheSettingsSay() throws Exception {
    kafka
        .simulation()
        .run(
            () -> {
              ClientMetrics metrics =
                  metrics(Map.of("metrics.sample.window.ms", "1000", "metrics.num.samples", "5"));
              MetricSensor sensor = sensor(metrics);
              sensor.record(7);

              kafka.simulation().sleep(4 * SECOND);
              assertThat(value(metrics, "max")).isEqualTo(7);
              kafka.simulation().sleep(SECOND);
              assertThat(value(metrics, "max")).isNaN();
              return true;
            });
  }
}
