package io.heddle.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

/** Where records go, in which order, and what their sender is told. */
interface SendContract extends Contract {
  @Test
  default void putsAKeyWhereItsHashSays() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(7);
          List<Future<RecordMetadata>> sent = new ArrayList<>();
          List<String> keys = new ArrayList<>();
          try (Producer<String, String> producer = kafka.producer()) {
            for (int i = 0; i < 300; i++) {
              keys.add("key-" + i + "é".repeat(i % 5));
              sent.add(producer.send(new ProducerRecord<>(topic, keys.get(i), "v")));
            }
          }

          for (int i = 0; i < keys.size(); i++) {
            assertThat(sent.get(i).get().partition())
                .as(keys.get(i))
                .isEqualTo(Utils.toPositive(Utils.murmur2(keys.get(i).getBytes(UTF_8))) % 7);
          }
        });
  }

  @Test
  default void putsARecordWhereItIsTold() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(3);
          try (Producer<String, String> producer = kafka.producer()) {
            for (int partition = 0; partition < 3; partition++) {
              RecordMetadata metadata =
                  producer.send(new ProducerRecord<>(topic, partition, "same key", "v")).get();
              assertThat(metadata.partition()).isEqualTo(partition);
              assertThat(metadata.offset()).isZero();
            }
          }
        });
  }

  @Test
  default void putsRecordsWithoutAKeySomewhere() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(3);
          try (Producer<String, String> producer = kafka.producer()) {
            for (int i = 0; i < 10; i++) {
              assertThat(producer.send(new ProducerRecord<>(topic, "v")).get().partition())
                  .isBetween(0, 2);
            }
          }
        });
  }

  @Test
  default void asksAPartitionerThatIsConfigured() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          List<Future<RecordMetadata>> sent = new ArrayList<>();
          try (Producer<String, String> producer =
              kafka.producer("partitioner.class", RoundRobinPartitioner.class.getName())) {
            for (int i = 0; i < 4; i++) {
              sent.add(producer.send(new ProducerRecord<>(topic, "same key", "v")));
            }
          }

          List<Integer> partitions = new ArrayList<>();
          for (Future<RecordMetadata> each : sent) {
            partitions.add(each.get().partition());
          }
          assertThat(partitions).isIn(List.of(0, 1, 0, 1), List.of(1, 0, 1, 0));
        });
  }

  @Test
  default void spreadsAKeyIfItIsToIgnoreKeys() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          Set<Integer> partitions = new TreeSet<>();
          try (Producer<String, String> producer =
              kafka.producer("partitioner.ignore.keys", "true", "batch.size", "100")) {
            for (int i = 0; i < 60; i++) {
              String value = "x".repeat(200);
              partitions.add(
                  producer.send(new ProducerRecord<>(topic, "same key", value)).get().partition());
            }
          }

          assertThat(partitions).containsExactly(0, 1);
        });
  }

  @Test
  default void closesTheHeadersOfWhatIsSent() throws Exception {
    run(
        kafka -> {
          ProducerRecord<String, String> record = new ProducerRecord<>(kafka.topic(1), "v");
          record.headers().add("a", new byte[] {1});
          try (Producer<String, String> producer = kafka.producer()) {
            assertThat(producer.send(record).get().offset()).isZero();

            assertThatThrownBy(() -> record.headers().add("b", new byte[] {2}))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("RecordHeaders has been closed.");
            assertThatThrownBy(() -> record.headers().remove("a"))
                .isExactlyInstanceOf(IllegalStateException.class);
            assertThat(producer.send(record).get().offset()).isEqualTo(1);
          }
        });
  }

  @Test
  default void tellsWhereARecordIs() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          try (Producer<String, String> producer = kafka.producer()) {
            RecordMetadata metadata =
                producer
                    .send(new ProducerRecord<>(partition.topic(), 0, 1234L, "key", "value"))
                    .get();

            assertThat(metadata.topic()).isEqualTo(partition.topic());
            assertThat(metadata.partition()).isZero();
            assertThat(metadata.offset()).isEqualTo(2);
            assertThat(metadata.hasOffset()).isTrue();
            assertThat(metadata.timestamp()).isEqualTo(1234);
            assertThat(metadata.hasTimestamp()).isTrue();
            assertThat(metadata.serializedKeySize()).isEqualTo(3);
            assertThat(metadata.serializedValueSize()).isEqualTo(5);
            assertThat(metadata).hasToString(partition + "@2");
          }
        });
  }

  @Test
  default void tellsThatThereIsNoKeyAndNoValue() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          try (Producer<String, String> producer = kafka.producer()) {
            RecordMetadata metadata = producer.send(new ProducerRecord<>(topic, null)).get();

            assertThat(metadata.serializedKeySize()).isEqualTo(-1);
            assertThat(metadata.serializedValueSize()).isEqualTo(-1);
          }
        });
  }

  @Test
  default void doesNotKnowTheOffsetIfItDoesNotWait() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          try (Producer<String, String> producer = kafka.producer("acks", "0")) {
            RecordMetadata metadata = producer.send(new ProducerRecord<>(topic, "v")).get();

            assertThat(metadata.hasOffset()).isFalse();
            assertThat(metadata.offset()).isEqualTo(-1);
          }
        });
  }

  @Test
  default void keepsTheOrderOfAPartition() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(1), 0);
          List<String> values = new ArrayList<>();
          List<Long> offsets = Collections.synchronizedList(new ArrayList<>());
          try (Producer<String, String> producer = kafka.producer("batch.size", "200")) {
            for (int i = 0; i < 200; i++) {
              values.add("v" + i);
              var unused =
                  producer.send(
                      new ProducerRecord<>(partition.topic(), "key", "v" + i),
                      (metadata, failure) -> offsets.add(metadata.offset()));
            }
          }
          Consumer<String, String> consumer = kafka.reader();
          consumer.assign(List.of(partition));

          List<ConsumerRecord<String, String>> records = kafka.read(consumer, 200);

          assertThat(records).extracting(ConsumerRecord::value).isEqualTo(values);
          assertThat(records).extracting(ConsumerRecord::offset).isEqualTo(offsets);
          assertThat(offsets).isSorted();
        });
  }

  @Test
  default void callsBackBeforeTheFutureIsDone() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          List<Object> told = Collections.synchronizedList(new ArrayList<>());
          try (Producer<String, String> producer = kafka.producer()) {
            for (int i = 0; i < 20; i++) {
              RecordMetadata metadata =
                  producer
                      .send(
                          new ProducerRecord<>(topic, "v"),
                          (where, failure) -> {
                            told.add(where.offset());
                            told.add(failure == null ? "no failure" : failure);
                          })
                      .get();
              assertThat(told).containsExactly(metadata.offset(), "no failure");
              told.clear();
            }
          }
        });
  }

  @Test
  default void callsBackOnAThreadOfItsOwn() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
          try (Producer<String, String> producer = kafka.producer()) {
            producer
                .send(
                    new ProducerRecord<>(topic, "v"),
                    (where, failure) -> threads.add(Thread.currentThread()))
                .get();
          }

          assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
        });
  }

  @Test
  default void outlivesACallbackThatThrows() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          try (Producer<String, String> producer = kafka.producer()) {
            RecordMetadata first =
                producer
                    .send(
                        new ProducerRecord<>(topic, "v"),
                        (where, failure) -> {
                          throw new IllegalStateException("thrown by the callback");
                        })
                    .get();
            RecordMetadata second = producer.send(new ProducerRecord<>(topic, "v")).get();

            assertThat(List.of(first.offset(), second.offset())).containsExactly(0L, 1L);
          }
        });
  }

  @Test
  default void waitsForMoreIfToldSo() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          try (Producer<String, String> producer =
              kafka.producer("linger.ms", "60000", "delivery.timeout.ms", "120000")) {
            Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(topic, "v"));

            assertThatThrownBy(() -> sent.get(50, TimeUnit.MILLISECONDS))
                .isExactlyInstanceOf(TimeoutException.class);
            assertThat(sent.isDone()).isFalse();
            producer.flush();
            assertThat(sent.isDone()).isTrue();
            assertThat(sent.get().offset()).isZero();
          }
        });
  }

  @Test
  default void sendsAFullBatchAtOnce() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          try (Producer<String, String> producer =
              kafka.producer(
                  "linger.ms", "60000", "delivery.timeout.ms", "120000", "batch.size", "500")) {
            Future<RecordMetadata> first =
                producer.send(new ProducerRecord<>(topic, "x".repeat(300)));
            Future<RecordMetadata> second =
                producer.send(new ProducerRecord<>(topic, "x".repeat(300)));

            assertThat(first.get().offset()).isZero();
            assertThat(second.isDone()).isFalse();
          }
        });
  }

  @Test
  default void cannotCancelWhatHasBeenSent() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          try (Producer<String, String> producer = kafka.producer()) {
            Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(topic, "v"));

            assertThat(sent.cancel(true)).isFalse();
            assertThat(sent.isCancelled()).isFalse();
            assertThat(sent.get().offset()).isZero();
          }
        });
  }
}
