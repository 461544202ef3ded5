package io.heddle.contract;

import static io.heddle.contract.Metered.PRODUCER;
import static io.heddle.contract.Metered.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

/** What a producer's and an administrator's metrics are where Kafka leaves no doubt. */
interface ProducerMetricsContract extends Contract {
  @Test
  default void countsWhatWasSent() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          try (Producer<String, String> producer = kafka.producer()) {
            Map<MetricName, ? extends Metric> metrics = producer.metrics();
            assertThat(Metered.number(metrics, PRODUCER, "record-send-total")).isZero();
            assertThat(Metered.find(metrics, TOPIC, "record-send-total", "topic", topic)).isEmpty();
            for (int i = 0; i < 6; i++) {
              producer.send(new ProducerRecord<>(topic, i % 2, "k", "v" + i)).get();
            }

            assertThat(Metered.number(metrics, PRODUCER, "record-send-total")).isEqualTo(6);
            assertThat(Metered.number(metrics, TOPIC, "record-send-total", "topic", topic))
                .isEqualTo(6);
            // A batch takes 61 bytes beside its record, which takes ten.
            assertThat(Metered.number(metrics, TOPIC, "byte-total", "topic", topic))
                .isEqualTo(6 * 71);
            assertThat(Metered.number(metrics, PRODUCER, "batch-size-avg")).isEqualTo(71);
            assertThat(Metered.number(metrics, PRODUCER, "batch-size-max")).isEqualTo(71);
            assertThat(Metered.number(metrics, PRODUCER, "records-per-request-avg")).isEqualTo(1);
            for (String none : new String[] {"record-error-total", "record-retry-total"}) {
              assertThat(Metered.number(metrics, PRODUCER, none)).isZero();
              assertThat(Metered.number(metrics, TOPIC, none, "topic", topic)).isZero();
            }
          }
        });
  }

  @Test
  default void countsRecordsThatCameIntoNoBatch() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          try (Producer<String, String> producer = kafka.producer("max.request.size", "500")) {
            Future<RecordMetadata> sent =
                producer.send(new ProducerRecord<>(topic, "v".repeat(1_000)));
            assertThatThrownBy(sent::get).isInstanceOf(ExecutionException.class);

            assertThat(Metered.number(producer.metrics(), PRODUCER, "record-error-total"))
                .isEqualTo(1);
            assertThat(Metered.number(producer.metrics(), PRODUCER, "record-send-total")).isZero();
          }
        });
  }

  @Test
  default void countsRecordsThatTheBrokerRefused() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1, Map.of("max.message.bytes", "200"));
          try (Producer<String, String> producer = kafka.producer()) {
            Future<RecordMetadata> sent =
                producer.send(new ProducerRecord<>(topic, "v".repeat(1_000)));
            assertThatThrownBy(sent::get).isInstanceOf(ExecutionException.class);
            Map<MetricName, ? extends Metric> metrics = producer.metrics();

            assertThat(Metered.number(metrics, PRODUCER, "record-error-total")).isEqualTo(1);
            assertThat(Metered.number(metrics, TOPIC, "record-error-total", "topic", topic))
                .isEqualTo(1);
            assertThat(Metered.number(metrics, PRODUCER, "record-send-total")).isEqualTo(1);
          }
        });
  }

  @Test
  default void takesABatchOfTheBuffer() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          try (Producer<String, String> producer =
              kafka.producer("linger.ms", "60000", "buffer.memory", "100000")) {
            Map<MetricName, ? extends Metric> metrics = producer.metrics();
            assertThat(Metered.number(metrics, PRODUCER, "buffer-total-bytes")).isEqualTo(100_000);
            assertThat(Metered.number(metrics, PRODUCER, "buffer-available-bytes"))
                .isEqualTo(100_000);

            Future<RecordMetadata> first = producer.send(new ProducerRecord<>(topic, "v"));
            Future<RecordMetadata> second = producer.send(new ProducerRecord<>(topic, "w"));
            assertThat(Metered.number(metrics, PRODUCER, "buffer-available-bytes"))
                .isEqualTo(100_000 - 16_384);

            producer.flush();
            assertThat(first.get().offset()).isZero();
            assertThat(second.get().offset()).isEqualTo(1);
            assertThat(Metered.number(metrics, PRODUCER, "buffer-available-bytes"))
                .isEqualTo(100_000);
            assertThat(Metered.number(metrics, PRODUCER, "flush-time-ns-total")).isPositive();
            assertThat(Metered.number(metrics, PRODUCER, "records-per-request-avg")).isEqualTo(2);
            assertThat(Metered.number(metrics, PRODUCER, "waiting-threads")).isZero();
          }
        });
  }

  @Test
  default void tellsHowLongItWaitsForTransactions() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          try (Producer<String, String> producer =
              kafka.producer("transactional.id", kafka.unique("id"))) {
            Map<MetricName, ? extends Metric> metrics = producer.metrics();
            producer.initTransactions();
            assertThat(Metered.number(metrics, PRODUCER, "txn-init-time-ns-total")).isPositive();
            assertThat(Metered.number(metrics, PRODUCER, "txn-commit-time-ns-total")).isZero();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, "v")).get();
            producer.commitTransaction();
            assertThat(Metered.number(metrics, PRODUCER, "txn-commit-time-ns-total")).isPositive();
            assertThat(Metered.number(metrics, PRODUCER, "txn-abort-time-ns-total")).isZero();
            assertThat(Metered.number(metrics, PRODUCER, "metadata-wait-time-ns-total"))
                .isPositive();
            assertThat(Metered.number(metrics, PRODUCER, "metadata-age")).isBetween(0.0, 20.0);
          }
        });
  }

  @Test
  default void keepsWhatItHasSentWhenItIsClosed() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          Producer<String, String> producer = kafka.producer();
          Map<MetricName, ? extends Metric> metrics = producer.metrics();
          producer.send(new ProducerRecord<>(topic, "v")).get();
          assertThat(Metered.find(metrics, "app-info", "start-time-ms")).isPresent();

          producer.close();

          assertThat(Metered.number(metrics, PRODUCER, "record-send-total")).isEqualTo(1);
          assertThat(Metered.number(metrics, TOPIC, "record-send-total", "topic", topic))
              .isEqualTo(1);
          assertThat(Metered.number(metrics, PRODUCER, "buffer-total-bytes")).isPositive();
          assertThat(Metered.find(metrics, PRODUCER, "flush-time-ns-total")).isEmpty();
          assertThat(Metered.find(metrics, PRODUCER, "txn-init-time-ns-total")).isEmpty();
          assertThat(Metered.find(metrics, "app-info", "start-time-ms")).isEmpty();
          assertThat(Metered.number(metrics, "kafka-metrics-count", "count"))
              .isEqualTo(metrics.size());
        });
  }

  @Test
  default void tellsAnAdministratorOfItself() throws Exception {
    run(
        kafka -> {
          Map<MetricName, ? extends Metric> metrics = kafka.admin().metrics();

          assertThat(Metered.find(metrics, "app-info", "version")).isPresent();
          assertThat(Metered.number(metrics, "kafka-metrics-count", "count"))
              .isEqualTo(metrics.size());
        });
  }
}
