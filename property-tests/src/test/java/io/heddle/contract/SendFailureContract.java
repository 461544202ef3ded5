package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

/** Records that cannot be sent, and who is told of it how. */
interface SendFailureContract extends Contract {
  /** Takes no value at all. */
  final class Refusing implements Serializer<String> {
    @Override
    public byte[] serialize(String topic, String data) {
      throw new IllegalStateException("thrown by the serializer");
    }
  }

  @Test
  default void tellsOfAMissingTopicAfterItsTimeout() throws Exception {
    run(
        kafka -> {
          try (Producer<String, String> producer = kafka.producer("max.block.ms", "200")) {
            Future<RecordMetadata> sent =
                producer.send(new ProducerRecord<>(kafka.unique("missing"), "v"));

            assertThat(sent.isDone()).isTrue();
            assertThatThrownBy(sent::get)
                .isExactlyInstanceOf(ExecutionException.class)
                .hasCauseExactlyInstanceOf(TimeoutException.class);
          }
        });
  }

  @Test
  default void tellsOfAMissingPartitionAfterItsTimeout() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          try (Producer<String, String> producer = kafka.producer("max.block.ms", "200")) {
            Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(topic, 2, "key", "v"));

            assertThatThrownBy(sent::get)
                .isExactlyInstanceOf(ExecutionException.class)
                .cause()
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessage(
                    "Partition 2 of topic "
                        + topic
                        + " with partition count 2 is not present in metadata after 200 ms.");
          }
        });
  }

  @Test
  default void tellsOfATopicThatCannotBe() throws Exception {
    run(
        kafka -> {
          try (Producer<String, String> producer = kafka.producer("max.block.ms", "2000")) {
            Future<RecordMetadata> sent = producer.send(new ProducerRecord<>("no topic!", "v"));

            assertThatThrownBy(sent::get)
                .isExactlyInstanceOf(ExecutionException.class)
                .hasCauseExactlyInstanceOf(InvalidTopicException.class);
          }
        });
  }

  @Test
  default void tellsTheCallbackOfARecordThatIsTooLarge() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          List<Object> told = new ArrayList<>();
          try (Producer<String, String> producer = kafka.producer("max.request.size", "1000")) {
            Future<RecordMetadata> sent =
                producer.send(
                    new ProducerRecord<>(topic, 0, 1234L, "key", "x".repeat(1000)),
                    (metadata, failure) -> {
                      told.add(metadata.topic());
                      told.add(metadata.partition());
                      told.add(metadata.offset());
                      told.add(metadata.timestamp());
                      told.add(metadata.serializedKeySize());
                      told.add(metadata.serializedValueSize());
                      told.add(failure.getClass());
                    });

            assertThat(sent.isDone()).isTrue();
            assertThat(told)
                .containsExactly(topic, 0, -1L, -1L, -1, -1, RecordTooLargeException.class);
            assertThatThrownBy(sent::get)
                .isExactlyInstanceOf(ExecutionException.class)
                .hasCauseExactlyInstanceOf(RecordTooLargeException.class);
          }
        });
  }

  @Test
  default void tellsOfARecordThatIsTooLargeForTheBroker() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          List<Object> told = new ArrayList<>();
          try (Producer<String, String> producer = kafka.producer("max.request.size", "3000000")) {
            Future<RecordMetadata> sent =
                producer.send(
                    new ProducerRecord<>(topic, "x".repeat(2_000_000)),
                    (metadata, failure) -> {
                      told.add(metadata.offset());
                      told.add(failure.getClass());
                    });

            assertThatThrownBy(sent::get)
                .isExactlyInstanceOf(ExecutionException.class)
                .hasCauseExactlyInstanceOf(RecordTooLargeException.class);
            assertThat(told).containsExactly(-1L, RecordTooLargeException.class);
            assertThat(producer.send(new ProducerRecord<>(topic, "small")).get().offset()).isZero();
          }
        });
  }

  @Test
  default void refusesAtOnceWhatIsLargerThanItsMemory() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          try (Producer<String, String> producer =
              kafka.producer("buffer.memory", "20000", "batch.size", "500")) {
            Future<RecordMetadata> sent =
                producer.send(new ProducerRecord<>(topic, "x".repeat(30_000)));

            assertThat(sent.isDone()).isTrue();
            assertThatThrownBy(sent::get)
                .cause()
                .isExactlyInstanceOf(RecordTooLargeException.class)
                .hasMessageEndingWith(
                    "which is larger than the total memory buffer you have configured with the"
                        + " buffer.memory configuration.");
            assertThat(producer.send(new ProducerRecord<>(topic, "small")).get().offset()).isZero();
          }
        });
  }

  @Test
  default void throwsWhatIsTooLargeOutsideATransactionOnceItIsTold() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          List<Class<?>> told = new ArrayList<>();
          try (Producer<String, String> producer =
              kafka.producer("transactional.id", kafka.unique("transactions"))) {
            producer.initTransactions();
            assertThatThrownBy(
                    () ->
                        producer.send(
                            new ProducerRecord<>(topic, "x".repeat(1_100_000)),
                            (metadata, failure) -> told.add(failure.getClass())))
                .isExactlyInstanceOf(IllegalStateException.class);
            assertThat(told).containsExactly(RecordTooLargeException.class);
          }
        });
  }

  @Test
  default void tellsTheRecordsOfOneBatchWhichOfThemIsAtFault() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(1), 0);
          long tooLate = Long.MAX_VALUE / 2;
          List<Class<?>> told = new ArrayList<>();
          try (Producer<String, String> producer = kafka.producer("linger.ms", "60000")) {
            for (long timestamp : List.of(5L, tooLate, 6L)) {
              var unused =
                  producer.send(
                      new ProducerRecord<>(partition.topic(), 0, timestamp, "k", "v"),
                      (metadata, failure) -> told.add(failure.getClass()));
            }
            producer.flush();
            assertThat(told)
                .containsExactly(
                    KafkaException.class, InvalidTimestampException.class, KafkaException.class);

            told.clear();
            for (long timestamp : List.of(tooLate, 5L, tooLate)) {
              var unused =
                  producer.send(
                      new ProducerRecord<>(partition.topic(), 0, timestamp, "k", "v"),
                      (metadata, failure) -> told.add(failure.getClass()));
            }
            producer.flush();
            assertThat(told)
                .containsExactly(
                    InvalidRecordException.class,
                    KafkaException.class,
                    InvalidRecordException.class);
          }
        });
  }

  @Test
  default void throwsAtOnceWhatCannotBeSerialized() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          List<Exception> told = new ArrayList<>();
          try (Producer<Object, Object> producer =
              kafka.producerWith(
                  KafkaArm.properties(
                      KafkaArm.PRODUCER, "value.serializer", IntegerSerializer.class.getName()))) {
            assertThatThrownBy(
                    () ->
                        producer.send(
                            new ProducerRecord<>(topic, "key", "not a number"),
                            (metadata, failure) -> told.add(failure)))
                .isExactlyInstanceOf(SerializationException.class)
                .hasCauseExactlyInstanceOf(ClassCastException.class);
            assertThat(told).isEmpty();
          }
        });
  }

  @Test
  default void throwsAtOnceWhatASerializerThrows() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          try (Producer<String, String> producer =
              kafka.producer("value.serializer", Refusing.class.getName())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, "v")))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("thrown by the serializer");
          }
        });
  }

  @Test
  default void goesOnAfterARecordThatWasTooLarge() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          try (Producer<String, String> producer = kafka.producer("max.request.size", "1000")) {
            var unused = producer.send(new ProducerRecord<>(partition.topic(), "x".repeat(1000)));

            assertThat(producer.send(new ProducerRecord<>(partition.topic(), "b")).get().offset())
                .isEqualTo(1);
          }
        });
  }
}
