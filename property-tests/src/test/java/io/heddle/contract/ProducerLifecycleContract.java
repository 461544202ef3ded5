package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** Making, flushing and closing a producer, and what one without transactions refuses. */
interface ProducerLifecycleContract extends Contract {
  private static List<Future<RecordMetadata>> unsent(
      Producer<String, String> producer, String topic, int count) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sent.add(producer.send(new ProducerRecord<>(topic, "v" + i)));
    }
    return sent;
  }

  private static Producer<String, String> patient(KafkaArm kafka) {
    return kafka.producer("linger.ms", "60000", "delivery.timeout.ms", "120000");
  }

  @Test
  default void endsEverythingInAFlush() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(3);
          try (Producer<String, String> producer = patient(kafka)) {
            List<Future<RecordMetadata>> sent = unsent(producer, topic, 50);

            producer.flush();

            assertThat(sent).allMatch(Future::isDone);
          }
        });
  }

  @Test
  default void canFlushNothing() throws Exception {
    run(
        kafka -> {
          try (Producer<String, String> producer = patient(kafka)) {
            producer.flush();
            producer.flush();
          }
        });
  }

  @Test
  default void cannotBeFlushedInACallback() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          List<Class<?>> thrown = Collections.synchronizedList(new ArrayList<>());
          try (Producer<String, String> producer = kafka.producer()) {
            producer
                .send(
                    new ProducerRecord<>(topic, "v"),
                    (metadata, failure) -> {
                      try {
                        producer.flush();
                      } catch (KafkaException refused) {
                        thrown.add(refused.getClass());
                      }
                    })
                .get();
          }

          assertThat(thrown).containsExactly(KafkaException.class);
        });
  }

  @Test
  default void canBeClosedInACallback() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          Producer<String, String> producer = kafka.producer();

          RecordMetadata metadata =
              producer
                  .send(new ProducerRecord<>(topic, "v"), (where, failure) -> producer.close())
                  .get();

          assertThat(metadata.offset()).isZero();
          assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, "v")))
              .isInstanceOf(IllegalStateException.class);
        });
  }

  @Test
  default void canBeFlushedOnceClosed() throws Exception {
    run(
        kafka -> {
          Producer<String, String> producer = kafka.producer();
          producer.close();

          producer.flush();
        });
  }

  @Test
  default void sendsEverythingBeforeItCloses() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(3);
          Producer<String, String> producer = patient(kafka);
          List<Future<RecordMetadata>> sent = unsent(producer, topic, 50);

          producer.close();

          for (Future<RecordMetadata> each : sent) {
            assertThat(each.isDone()).isTrue();
            assertThat(each.get().hasOffset()).isTrue();
          }
        });
  }

  @Test
  default void givesUpWhatIsUnsentIfItMayNotTakeTimeToClose() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          Producer<String, String> producer = patient(kafka);
          List<Future<RecordMetadata>> sent = unsent(producer, topic, 1);

          producer.close(Duration.ZERO);

          assertThatThrownBy(() -> sent.get(0).get())
              .isExactlyInstanceOf(ExecutionException.class)
              .hasCauseInstanceOf(KafkaException.class);
        });
  }

  @Test
  default void canBeClosedTwice() throws Exception {
    run(
        kafka -> {
          Producer<String, String> producer = kafka.producer();

          producer.close();
          producer.close();
          producer.close(Duration.ZERO);
        });
  }

  @Test
  default void refusesANegativeTimeoutForClosing() throws Exception {
    run(
        kafka -> {
          Producer<String, String> producer = kafka.producer();

          assertThatThrownBy(() -> producer.close(Duration.ofMillis(-1)))
              .isExactlyInstanceOf(IllegalArgumentException.class);
          producer.flush();
        });
  }

  @Test
  default void sendsNothingOnceClosed() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          Producer<String, String> producer = kafka.producer();
          producer.close();

          assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, "v")))
              .isExactlyInstanceOf(IllegalStateException.class)
              .hasMessage("Cannot perform operation after producer has been closed");
        });
  }

  @Test
  default void describesThePartitionsOfATopic() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(3);
          try (Producer<String, String> producer = kafka.producer()) {
            assertThat(producer.partitionsFor(topic))
                .hasSize(3)
                .extracting(PartitionInfo::partition)
                .containsExactlyInAnyOrder(0, 1, 2);
          }
        });
  }

  @Test
  default void givesUpLookingForAMissingTopic() throws Exception {
    run(
        kafka -> {
          try (Producer<String, String> producer = kafka.producer("max.block.ms", "200")) {
            assertThatThrownBy(() -> producer.partitionsFor(kafka.unique("missing")))
                .isExactlyInstanceOf(TimeoutException.class);
          }
        });
  }

  @Test
  default void hasNoTransactionsWithoutAnId() throws Exception {
    run(
        kafka -> {
          try (Producer<String, String> producer = kafka.producer()) {
            List<KafkaArm.Step> steps =
                List.of(
                    producer::initTransactions,
                    producer::beginTransaction,
                    producer::commitTransaction,
                    producer::abortTransaction,
                    () ->
                        producer.sendOffsetsToTransaction(
                            Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(0)),
                            kafka.member(kafka.unique("group")).groupMetadata()));
            for (KafkaArm.Step step : steps) {
              assertThatThrownBy(step::run).isExactlyInstanceOf(IllegalStateException.class);
            }
          }
        });
  }

  @Test
  default void needsNoTransactionForNoOffsets() throws Exception {
    run(
        kafka -> {
          ConsumerGroupMetadata group = kafka.member(kafka.unique("group")).groupMetadata();
          Producer<String, String> producer = kafka.producer();
          producer.sendOffsetsToTransaction(Map.of(), group);
          producer.close();
          assertThatThrownBy(() -> producer.sendOffsetsToTransaction(Map.of(), group))
              .isExactlyInstanceOf(IllegalStateException.class);

          try (Producer<String, String> plain = kafka.producer("enable.idempotence", "false")) {
            assertThatThrownBy(() -> plain.sendOffsetsToTransaction(Map.of(), group))
                .isExactlyInstanceOf(IllegalStateException.class);
          }
        });
  }

  @Test
  default void needsAGroupForOffsetsInATransaction() throws Exception {
    run(
        kafka -> {
          try (Producer<String, String> producer = kafka.producer()) {
            ConsumerGroupMetadata none = null;

            assertThatThrownBy(() -> producer.sendOffsetsToTransaction(Map.of(), none))
                .isExactlyInstanceOf(IllegalArgumentException.class);
          }
        });
  }

  @Test
  default void cannotBeMadeWithWrongConfiguration() throws Exception {
    run(
        kafka -> {
          List<Object[]> wrong =
              List.of(
                  new Object[] {"acks", "2"},
                  new Object[] {"linger.ms", "-1"},
                  new Object[] {"batch.size", "many"},
                  new Object[] {"compression.type", "squeeze"},
                  new Object[] {"key.serializer", "no.such.Serializer"},
                  new Object[] {"enable.idempotence", "true", "acks", "1"},
                  new Object[] {"enable.idempotence", "true", "retries", "0"},
                  new Object[] {
                    "enable.idempotence", "true", "max.in.flight.requests.per.connection", "6"
                  },
                  new Object[] {"enable.idempotence", "false", "transactional.id", "t"});
          for (Object[] overrides : wrong) {
            assertThatThrownBy(() -> kafka.producer(overrides))
                .as("%s", List.of(overrides))
                .isExactlyInstanceOf(ConfigException.class);
          }
        });
  }

  @Test
  default void cannotBeMadeToGiveUpBeforeItsFirstRequestDoes() throws Exception {
    run(
        kafka ->
            assertThatThrownBy(
                    () ->
                        kafka.producer("delivery.timeout.ms", "1000", "request.timeout.ms", "2000"))
                .isInstanceOf(KafkaException.class)
                .hasRootCauseInstanceOf(ConfigException.class));
  }

  @Test
  default void mayHaveManyRequestsInFlightIfItIsNotIdempotent() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          try (Producer<String, String> producer =
              kafka.producer(
                  "enable.idempotence", "false", "max.in.flight.requests.per.connection", "10")) {
            assertThat(producer.send(new ProducerRecord<>(topic, "v")).get().offset()).isZero();
          }
        });
  }

  @Test
  default void tellsOfPartitionsThatItKnowsWhenItIsClosed() throws Exception {
    run(
        kafka -> {
          String known = kafka.topic(2);
          String unknown = kafka.topic(1);
          Producer<String, String> producer = kafka.producer();
          assertThat(producer.partitionsFor(known)).hasSize(2);
          producer.close();

          assertThat(producer.partitionsFor(known)).hasSize(2);
          assertThatThrownBy(() -> producer.partitionsFor(unknown))
              .isExactlyInstanceOf(KafkaException.class);
        });
  }
}
