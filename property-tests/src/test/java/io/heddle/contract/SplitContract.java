package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

/** A batch that is larger than its topic takes goes in smaller ones. */
interface SplitContract extends Contract {
  private static String topic(KafkaArm kafka) {
    return kafka.topic(1, Map.of("max.message.bytes", "5000"));
  }

  private static List<Future<RecordMetadata>> send(
      Producer<String, String> producer, String topic, int count, List<Long> told) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sent.add(
          producer.send(
              new ProducerRecord<>(topic, 0, "" + i, "x".repeat(1_000)),
              (metadata, failure) -> told.add(failure == null ? metadata.offset() : -2)));
    }
    return sent;
  }

  private static List<Long> upTo(int count) {
    return IntStream.range(0, count).mapToObj(i -> (long) i).toList();
  }

  private static void sendsInOrder(KafkaArm kafka, int count, Object... overrides)
      throws Exception {
    String topic = topic(kafka);
    List<Long> told = Collections.synchronizedList(new ArrayList<>());
    List<Future<RecordMetadata>> sent;
    try (Producer<String, String> producer = kafka.producer(overrides)) {
      sent = send(producer, topic, count, told);
    }

    List<Long> offsets = new ArrayList<>();
    for (Future<RecordMetadata> each : sent) {
      offsets.add(each.get().offset());
    }
    assertThat(offsets).isEqualTo(upTo(count));
    assertThat(told).isEqualTo(upTo(count));
    Consumer<String, String> consumer = kafka.reader();
    consumer.assign(List.of(new TopicPartition(topic, 0)));
    assertThat(kafka.read(consumer, count))
        .extracting(ConsumerRecord::key)
        .isEqualTo(IntStream.range(0, count).mapToObj(i -> "" + i).toList());
  }

  @Test
  default void sendsABatchThatIsTooLargeInSmallerOnes() throws Exception {
    run(kafka -> sendsInOrder(kafka, 12, "linger.ms", "1000"));
  }

  @Test
  default void keepsTheOrderOfManyBatchesThatAreTooLarge() throws Exception {
    run(kafka -> sendsInOrder(kafka, 100, "linger.ms", "20", "batch.size", "9000"));
  }

  @Test
  default void splitsWithoutSequenceNumbersToo() throws Exception {
    run(
        kafka ->
            sendsInOrder(
                kafka,
                40,
                "linger.ms",
                "20",
                "enable.idempotence",
                "false",
                "max.in.flight.requests.per.connection",
                "1"));
  }

  @Test
  default void splitsWhatIsCommitted() throws Exception {
    run(
        kafka -> {
          String topic = topic(kafka);
          List<Long> told = Collections.synchronizedList(new ArrayList<>());
          try (Producer<String, String> producer =
              kafka.producer("linger.ms", "1000", "transactional.id", kafka.unique("tx"))) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused = send(producer, topic, 12, told);
            producer.commitTransaction();
            assertThat(told).isEqualTo(upTo(12));

            producer.beginTransaction();
            RecordMetadata next = producer.send(new ProducerRecord<>(topic, 0, "k", "v")).get();
            producer.commitTransaction();
            // The marker of the first transaction is between them.
            assertThat(next.offset()).isEqualTo(13);
          }
          Consumer<String, String> consumer = kafka.reader("isolation.level", "read_committed");
          consumer.assign(List.of(new TopicPartition(topic, 0)));
          assertThat(kafka.read(consumer, 13))
              .extracting(ConsumerRecord::offset)
              .endsWith(11L, 13L);
        });
  }

  @Test
  default void losesOnlyTheRecordThatIsTooLargeByItself() throws Exception {
    run(
        kafka -> {
          String topic = topic(kafka);
          List<Future<RecordMetadata>> sent = new ArrayList<>();
          try (Producer<String, String> producer = kafka.producer("linger.ms", "1000")) {
            for (int bytes : List.of(1_000, 6_000, 1_001)) {
              sent.add(producer.send(new ProducerRecord<>(topic, 0, "k", "x".repeat(bytes))));
            }
            producer.flush();
            assertThat(producer.send(new ProducerRecord<>(topic, 0, "k", "v")).get().offset())
                .isEqualTo(2);
          }

          assertThat(sent.get(0).get().offset()).isZero();
          assertThatThrownBy(() -> sent.get(1).get())
              .hasCauseExactlyInstanceOf(RecordTooLargeException.class);
          assertThat(sent.get(2).get().offset()).isEqualTo(1);
        });
  }
}
