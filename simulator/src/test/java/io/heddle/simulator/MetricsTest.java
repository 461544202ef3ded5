package io.heddle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.fault.FaultPlan;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** What metrics say of faults, and who may read them. */
class MetricsTest {
  private static Map<String, Object> writing(Object... more) {
    Map<String, Object> all = new java.util.LinkedHashMap<>();
    all.put("key.serializer", StringSerializer.class);
    all.put("value.serializer", StringSerializer.class);
    for (int i = 0; i < more.length; i += 2) {
      all.put((String) more[i], more[i + 1]);
    }
    return all;
  }

  private static double number(Map<MetricName, ? extends Metric> metrics, String name) {
    return metrics.entrySet().stream()
        .filter(each -> each.getKey().name().equals(name) && each.getKey().tags().size() == 1)
        .mapToDouble(each -> (double) each.getValue().metricValue())
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + name));
  }

  @Test
  void countsWhatIsSentAgain() throws Exception {
    SimulatedKafka kafka = SimulatedKafka.builder(1).build();
    kafka.createTopic("t", 1);
    FaultPlan.of(kafka).on(ApiKey.PRODUCE).once().then(new Verdict.ApplyThenDrop());
    kafka.run(
        () -> {
          Producer<String, String> producer = kafka.producer(writing());
          producer.send(new ProducerRecord<>("t", "v")).get();

          assertThat(number(producer.metrics(), "record-retry-total")).isEqualTo(1);
          assertThat(number(producer.metrics(), "record-send-total")).isEqualTo(2);
          assertThat(number(producer.metrics(), "record-error-total")).isZero();
          producer.close();
        });
  }

  @Test
  void tellsWhoWaitsForTheBuffer() throws Exception {
    SimulatedKafka kafka = SimulatedKafka.builder(1).build();
    kafka.createTopic("t", 1);
    FaultPlan.of(kafka).on(ApiKey.PRODUCE).once().then(new Verdict.DropRequest());
    List<Double> waiting = new ArrayList<>();
    kafka.run(
        () -> {
          Producer<String, String> producer =
              kafka.producer(writing("buffer.memory", "30000", "max.block.ms", "200"));
          Map<MetricName, ? extends Metric> metrics = producer.metrics();
          Future<RecordMetadata> first =
              producer.send(new ProducerRecord<>("t", "v".repeat(20_000)));
          assertThat(number(metrics, "buffer-available-bytes")).isBetween(9_000.0, 10_000.0);
          kafka
              .process("app")
              .start(
                  "watcher",
                  () -> {
                    kafka.simulation().sleep(Duration.ofMillis(100).toNanos());
                    waiting.add(number(metrics, "waiting-threads"));
                  });
          Future<RecordMetadata> second =
              producer.send(new ProducerRecord<>("t", "v".repeat(20_000)));

          assertThat(waiting).containsExactly(1.0);
          assertThat(second.isDone()).isTrue();
          assertThat(number(metrics, "waiting-threads")).isZero();
          assertThat(number(metrics, "buffer-exhausted-total")).isEqualTo(1);
          assertThat(number(metrics, "record-error-total")).isEqualTo(1);
          assertThat(number(metrics, "bufferpool-wait-time-ns-total")).isEqualTo(200_000_000);
          first.get();
          producer.close();
        });
  }

  @Test
  void anyThreadReadsThemInRealTime() throws Exception {
    try (RealTimeKafka kafka = RealTimeKafka.withSeed(1)) {
      kafka.createTopic("t", 1);
      Producer<String, String> producer = kafka.producer(writing());
      Map<MetricName, ? extends Metric> metrics = producer.metrics();
      for (int i = 0; i < 10; i++) {
        producer.send(new ProducerRecord<>("t", "v")).get();
        metrics.values().forEach(each -> assertThat(each.metricValue()).isNotNull());
      }

      assertThat(number(metrics, "record-send-total")).isEqualTo(10);
      producer.close();
    }
  }
}
