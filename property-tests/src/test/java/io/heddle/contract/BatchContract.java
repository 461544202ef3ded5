package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.junit.jupiter.api.Test;

/** When batches are full, and what goes then. */
interface BatchContract extends Contract {
  private static Producer<String, String> lingering(KafkaArm kafka, int batchBytes) {
    return kafka.producer(
        "linger.ms", "60000", "delivery.timeout.ms", "120000", "batch.size", "" + batchBytes);
  }

  /** One that takes nine bytes of its batch. */
  private static ProducerRecord<String, String> small(String topic, int partition) {
    return new ProducerRecord<>(topic, partition, 1_000L, "k", "v");
  }

  @Test
  default void fillsABatchWithWhatItsRecordsTake() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          // A batch takes 61 bytes beside its records, so 26 of these fit.
          Producer<String, String> producer = lingering(kafka, 300);
          List<Future<RecordMetadata>> sent = new ArrayList<>();
          for (int i = 0; i < 27; i++) {
            sent.add(producer.send(small(topic, 0)));
          }

          assertThat(sent.get(25).get().offset()).isEqualTo(25);
          assertThat(sent.get(26).isDone()).isFalse();
          producer.close(Duration.ZERO);
        });
  }

  @Test
  default void letsARecordLingerThatTakesMoreThanABatch() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          Producer<String, String> producer =
              kafka.producer(
                  "linger.ms",
                  "60000",
                  "batch.size",
                  "100",
                  "transactional.id",
                  kafka.unique("tx"));
          producer.initTransactions();
          producer.beginTransaction();
          Future<RecordMetadata> sent =
              producer.send(new ProducerRecord<>(topic, 0, "k", "x".repeat(1_000)));

          producer.abortTransaction();

          assertThatThrownBy(sent::get)
              .hasCauseExactlyInstanceOf(TransactionAbortedException.class);
        });
  }

  @Test
  default void sendsWhatLingersAlongWithWhatIsFull() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          Producer<String, String> producer = lingering(kafka, 100);
          Future<RecordMetadata> lingers = producer.send(small(topic, 0));
          List<Future<RecordMetadata>> sent = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            sent.add(producer.send(small(topic, 1)));
          }

          assertThat(sent.get(3).get().offset()).isEqualTo(3);
          assertThat(lingers.get().offset()).isZero();
          assertThat(sent.get(4).isDone()).isFalse();
          producer.close(Duration.ZERO);
        });
  }

  @Test
  default void countsWhatARecordTakesAtMostAgainstTheLargestRequest() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          try (Producer<String, String> producer = kafka.producer("max.request.size", "1000")) {
            // 82 bytes beside key and value, whose lengths and the headers' number take four more.
            int most = 1_000 - 82 - 4 - 1;
            ProducerRecord<String, String> fits =
                new ProducerRecord<>(topic, 0, "k", "x".repeat(most));
            ProducerRecord<String, String> tooLarge =
                new ProducerRecord<>(topic, 0, "k", "x".repeat(most + 1));

            assertThat(producer.send(fits).get().offset()).isZero();
            assertThatThrownBy(() -> producer.send(tooLarge).get())
                .hasCauseExactlyInstanceOf(RecordTooLargeException.class);
          }
        });
  }
}
