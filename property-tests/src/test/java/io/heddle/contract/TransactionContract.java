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
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.junit.jupiter.api.Test;

/**
 * What becomes of records that a transactional producer refuses, and of what it has when it closes.
 */
interface TransactionContract extends Contract {
  private static Producer<String, String> initialized(KafkaArm kafka, Object... overrides) {
    Producer<String, String> producer = uninitialized(kafka, kafka.unique("tx"), overrides);
    producer.initTransactions();
    return producer;
  }

  private static Producer<String, String> uninitialized(
      KafkaArm kafka, String transactionalId, Object... overrides) {
    Map<String, Object> properties = KafkaArm.properties(KafkaArm.PRODUCER, overrides);
    properties.put("transactional.id", transactionalId);
    return kafka.producerWith(properties);
  }

  private static ProducerRecord<String, String> record(TopicPartition partition, String value) {
    return new ProducerRecord<>(partition.topic(), partition.partition(), "k", value);
  }

  private static Callback into(List<String> told) {
    return (metadata, failure) ->
        told.add(failure == null ? "@" + metadata.offset() : failure.getClass().getSimpleName());
  }

  private static List<String> log() {
    return Collections.synchronizedList(new ArrayList<>());
  }

  /** A producer in the midst of a transaction, with one record, that has to be aborted. */
  private static Producer<String, String> spoilt(KafkaArm kafka, TopicPartition partition)
      throws Exception {
    Producer<String, String> producer = initialized(kafka);
    producer.beginTransaction();
    producer.send(record(partition, "v")).get();
    assertThatThrownBy(() -> producer.send(record(partition, "x".repeat(1_100_000))).get())
        .hasCauseExactlyInstanceOf(RecordTooLargeException.class);
    return producer;
  }

  private static long end(KafkaArm kafka, TopicPartition partition, IsolationLevel isolation) {
    try {
      return kafka
          .admin()
          .listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
          .partitionResult(partition)
          .get()
          .offset();
    } catch (ExecutionException | InterruptedException failed) {
      throw new IllegalStateException("nobody knows the end of " + partition, failed);
    }
  }

  private static Consumer<String, String> committedReader(
      KafkaArm kafka, TopicPartition partition) {
    Consumer<String, String> reader = kafka.reader("isolation.level", "read_committed");
    reader.assign(List.of(partition));
    return reader;
  }

  @Test
  default void sendsWhatItRefusedWithALaterTransactionOfThePartition() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(1), 0);
          List<String> told = log();
          Producer<String, String> producer = initialized(kafka, "linger.ms", "60000");
          assertThat(producer.partitionsFor(partition.topic())).hasSize(1);
          assertThatThrownBy(() -> producer.send(record(partition, "refused"), into(told)))
              .isExactlyInstanceOf(IllegalStateException.class);
          assertThat(told).isEmpty();

          producer.beginTransaction();
          Future<RecordMetadata> sent = producer.send(record(partition, "sent"));
          producer.commitTransaction();

          assertThat(sent.get().offset()).isEqualTo(1);
          assertThat(told).containsExactly("@0");
          assertThat(kafka.values(committedReader(kafka, partition), 2))
              .containsExactly("refused", "sent");
        });
  }

  @Test
  default void waitsWithACommitForWhatItRefused() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(2), 0);
          TopicPartition other = new TopicPartition(partition.topic(), 1);
          List<String> told = log();
          Producer<String, String> producer = initialized(kafka, "max.block.ms", "1000");
          assertThatThrownBy(() -> producer.send(record(partition, "refused"), into(told)))
              .isExactlyInstanceOf(IllegalStateException.class);
          producer.beginTransaction();
          var unused = producer.send(record(other, "sent"));

          assertThatThrownBy(producer::commitTransaction)
              .isExactlyInstanceOf(TimeoutException.class);
          assertThat(told).isEmpty();
          assertThat(end(kafka, other, IsolationLevel.READ_COMMITTED)).isZero();

          producer.close(Duration.ofMillis(200));
          assertThat(told).containsExactly("KafkaException");
          assertThat(end(kafka, partition, IsolationLevel.READ_UNCOMMITTED)).isZero();
        });
  }

  @Test
  default void dropsWhatItRefusedWithTheNextAbort() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(1), 0);
          List<String> told = log();
          Producer<String, String> producer = initialized(kafka);
          assertThatThrownBy(() -> producer.send(record(partition, "refused"), into(told)))
              .isExactlyInstanceOf(IllegalStateException.class);
          producer.beginTransaction();

          producer.abortTransaction();

          assertThat(told).containsExactly(TransactionAbortedException.class.getSimpleName());
          producer.beginTransaction();
          assertThat(producer.send(record(partition, "sent")).get().offset()).isZero();
          producer.commitTransaction();
        });
  }

  @Test
  default void tellsTwiceOfARecordThatItRefusesOnceFenced() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(1), 0);
          String transactionalId = kafka.unique("tx");
          Producer<String, String> zombie = uninitialized(kafka, transactionalId);
          zombie.initTransactions();
          zombie.beginTransaction();
          zombie.send(record(partition, "v")).get();
          uninitialized(kafka, transactionalId).initTransactions();
          assertThatThrownBy(zombie::commitTransaction)
              .isExactlyInstanceOf(ProducerFencedException.class);
          List<String> told = log();

          Future<RecordMetadata> refused = zombie.send(record(partition, "w"), into(told));

          assertThat(refused.isDone()).isTrue();
          assertThatThrownBy(refused::get).hasCauseExactlyInstanceOf(ProducerFencedException.class);
          kafka.eventually("the second time", () -> told.size() == 2);
          assertThat(told).containsExactly("ProducerFencedException", "ProducerFencedException");
          zombie.close();
        });
  }

  @Test
  default void tellsOfWhatItRefusedInAFailedTransactionWhenItIsWoken() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(1), 0);
          List<String> told = log();
          Producer<String, String> producer = spoilt(kafka, partition);

          assertThatThrownBy(() -> producer.send(record(partition, "w"), into(told)))
              .isExactlyInstanceOf(KafkaException.class)
              .hasCauseExactlyInstanceOf(RecordTooLargeException.class);
          assertThat(told).isEmpty();

          producer.flush();
          assertThat(told).containsExactly("RecordTooLargeException");
          producer.abortTransaction();
        });
  }

  @Test
  default void abortsAFailedTransactionWhenItCloses() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(1), 0);
          Producer<String, String> producer = spoilt(kafka, partition);

          producer.close(Duration.ofSeconds(20));

          // The record, and the marker of the abort.
          kafka.eventually(
              "the abort", () -> end(kafka, partition, IsolationLevel.READ_COMMITTED) == 2);
        });
  }

  @Test
  default void leavesAFailedTransactionOpenIfItStillHasToTellOfARefusedRecord() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(1), 0);
          List<String> told = log();
          Producer<String, String> producer = spoilt(kafka, partition);
          assertThatThrownBy(() -> producer.send(record(partition, "w"), into(told)))
              .isExactlyInstanceOf(KafkaException.class);

          // Its sender tells of it, and then waits for the network, for longer than this.
          producer.close(Duration.ofSeconds(1));

          assertThat(told).containsExactly("RecordTooLargeException");
          assertThat(end(kafka, partition, IsolationLevel.READ_UNCOMMITTED)).isEqualTo(1);
          assertThat(end(kafka, partition, IsolationLevel.READ_COMMITTED)).isZero();
        });
  }

  @Test
  default void sendsNothingOnceItMayNotTakeTimeToClose() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(1), 0);
          Producer<String, String> producer = initialized(kafka, "linger.ms", "60000");
          producer.beginTransaction();
          List<String> told = log();
          var unused = producer.send(record(partition, "v"), into(told));

          producer.close(Duration.ZERO);

          assertThat(told).containsExactly("KafkaException");
          assertThat(end(kafka, partition, IsolationLevel.READ_UNCOMMITTED)).isZero();
          Consumer<String, String> reader = kafka.reader();
          reader.assign(List.of(partition));
          assertThat(reader.poll(KafkaArm.SHORT).count()).isZero();
        });
  }
}
