package io.heddle.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.junit.jupiter.api.Test;

/** What a record is like when it arrives. */
interface RecordContract extends Contract {
  private static ConsumerRecord<String, String> sent(
      KafkaArm kafka, ProducerRecord<String, String> record) throws Exception {
    try (Producer<String, String> producer = kafka.producer()) {
      producer.send(record).get();
    }
    Consumer<String, String> consumer = kafka.reader();
    consumer.assign(List.of(new TopicPartition(record.topic(), 0)));
    return kafka.read(consumer, 1).get(0);
  }

  @Test
  default void carriesWhereAndWhenItWasWritten() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);

          ConsumerRecord<String, String> record =
              sent(kafka, new ProducerRecord<>(topic, 0, 1234L, "key", "value"));

          assertThat(record.topic()).isEqualTo(topic);
          assertThat(record.partition()).isZero();
          assertThat(record.offset()).isZero();
          assertThat(record.timestamp()).isEqualTo(1234);
          assertThat(record.timestampType()).isEqualTo(TimestampType.CREATE_TIME);
          assertThat(record.leaderEpoch()).isEqualTo(Optional.of(0));
          assertThat(record.key()).isEqualTo("key");
          assertThat(record.value()).isEqualTo("value");
          assertThat(record.serializedKeySize()).isEqualTo(3);
          assertThat(record.serializedValueSize()).isEqualTo(5);
          assertThat(record.headers()).isEmpty();
          assertThat(record.deliveryCount()).isEmpty();
        });
  }

  @Test
  default void canBeWithoutKeyAndValue() throws Exception {
    run(
        kafka -> {
          ConsumerRecord<String, String> record =
              sent(kafka, new ProducerRecord<>(kafka.topic(1), null, null));

          assertThat(record.key()).isNull();
          assertThat(record.value()).isNull();
          assertThat(record.serializedKeySize()).isEqualTo(ConsumerRecord.NULL_SIZE);
          assertThat(record.serializedValueSize()).isEqualTo(ConsumerRecord.NULL_SIZE);
        });
  }

  @Test
  default void tellsAnEmptyKeyFromNone() throws Exception {
    run(
        kafka -> {
          ConsumerRecord<String, String> record =
              sent(kafka, new ProducerRecord<>(kafka.topic(1), "", ""));

          assertThat(record.key()).isEmpty();
          assertThat(record.value()).isEmpty();
          assertThat(record.serializedKeySize()).isZero();
        });
  }

  @Test
  default void keepsItsHeadersInOrder() throws Exception {
    run(
        kafka -> {
          ProducerRecord<String, String> record =
              new ProducerRecord<>(kafka.topic(1), "key", "value");
          record.headers().add("a", "1".getBytes(UTF_8));
          record.headers().add("b", null);
          record.headers().add("a", new byte[0]);

          List<Header> headers = List.of(sent(kafka, record).headers().toArray());

          assertThat(headers).extracting(Header::key).containsExactly("a", "b", "a");
          assertThat(headers)
              .extracting(Header::value)
              .containsExactly("1".getBytes(UTF_8), null, new byte[0]);
        });
  }

  @Test
  default void comesWithTheOffsetToGoOnAt() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = kafka.reader();
          consumer.assign(List.of(partition));

          ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(20));

          assertThat(records.nextOffsets())
              .isEqualTo(Map.of(partition, new OffsetAndMetadata(2, Optional.of(0), "")));
          assertThat(records.partitions()).containsExactly(partition);
          assertThat(records.records(partition)).hasSize(2);
        });
  }

  private static Consumer<String, Integer> numbers(KafkaArm kafka, TopicPartition partition) {
    Consumer<String, Integer> consumer =
        kafka.consumerWith(
            KafkaArm.properties(
                KafkaArm.CONSUMER, "value.deserializer", IntegerDeserializer.class.getName()));
    consumer.assign(List.of(partition));
    return consumer;
  }

  @Test
  default void thatCannotBeReadIsToldOfWithItsPlace() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("not a number");
          Consumer<String, Integer> consumer = numbers(kafka, partition);

          RecordDeserializationException thrown =
              catchThrowableOfType(
                  RecordDeserializationException.class,
                  () -> consumer.poll(Duration.ofSeconds(20)));

          assertThat(thrown.topicPartition()).isEqualTo(partition);
          assertThat(thrown.offset()).isZero();
          assertThat(thrown.origin())
              .isEqualTo(RecordDeserializationException.DeserializationExceptionOrigin.VALUE);
          assertThat(thrown.keyBuffer()).isNull();
          assertThat(UTF_8.decode(thrown.valueBuffer()).toString()).isEqualTo("not a number");
          assertThat(thrown.timestampType()).isEqualTo(TimestampType.CREATE_TIME);
        });
  }

  @Test
  default void thatCannotBeReadComesAfterThoseBeforeIt() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("four", "five ", "five");
          Consumer<String, Integer> consumer = numbers(kafka, partition);

          assertThat(kafka.read(consumer, 1)).hasSize(1);

          assertThat(consumer.position(partition)).isEqualTo(1);
          assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(RecordDeserializationException.class);
        });
  }

  @Test
  default void thatCannotBeReadIsToldOfUntilItIsPassed() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("five ", "four");
          Consumer<String, Integer> consumer = numbers(kafka, partition);

          for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(20)))
                .isExactlyInstanceOf(RecordDeserializationException.class);
            assertThat(consumer.position(partition)).isZero();
          }
          consumer.seek(partition, 1);

          assertThat(kafka.read(consumer, 1)).hasSize(1);
        });
  }
}
