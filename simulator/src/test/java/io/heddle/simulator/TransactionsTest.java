package io.heddle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.network.FaultRule;
import io.heddle.simulator.network.Latency;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.junit.jupiter.api.Test;

class TransactionsTest {
  private static final TopicPartition OUT = new TopicPartition("out", 0);

  private final SimulatedKafka kafka = SimulatedKafka.withSeed(7);

  /** A test's body, with the topic to write to. */
  private void run(SimulatedKafka.Body body) throws Exception {
    kafka.run(
        () -> {
          kafka.createTopic("out", 1);
          body.run();
        });
  }

  private Producer<String, String> initialized(String process, String transactionalId) {
    Producer<String, String> producer =
        kafka.process(process).producer(TransactionalCopy.producerConfig(transactionalId));
    producer.initTransactions();
    return producer;
  }

  private static Future<RecordMetadata> send(Producer<String, String> producer, String value) {
    return producer.send(new ProducerRecord<>("out", 0, "k", value));
  }

  private List<String> read(String isolation) {
    return read(isolation, Duration.ofSeconds(1));
  }

  private List<String> read(String isolation, Duration howLong) {
    List<String> values = new ArrayList<>();
    try (Consumer<String, String> consumer = reader(isolation)) {
      long end = kafka.simulation().nanoTime() + howLong.toNanos();
      while (kafka.simulation().nanoTime() < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }

  private Consumer<String, String> reader(String isolation) {
    Consumer<String, String> consumer =
        kafka.consumer(TransactionalCopy.consumerConfig("reader", isolation));
    consumer.assign(List.of(OUT));
    consumer.seekToBeginning(List.of(OUT));
    return consumer;
  }

  private FaultRule fault(ApiKey api, FaultRule.Trigger trigger, Verdict verdict) {
    FaultRule rule =
        new FaultRule("on-" + api, exchange -> exchange.request().api() == api, trigger, verdict);
    kafka.add(rule);
    return rule;
  }

  private static FaultRule.Trigger first(int times) {
    return new FaultRule.Trigger.Times(times);
  }

  private void sleep(Duration duration) {
    kafka.simulation().sleep(duration.toNanos());
  }

  @Test
  void committedRecordsAreReadAndAbortedOnesOnlyByThoseWhoAskForAll() throws Exception {
    run(
        () -> {
          try (Producer<String, String> producer = initialized("p", "tx")) {
            for (int i = 0; i < 4; i++) {
              producer.beginTransaction();
              var unused = send(producer, "v" + i);
              if (i % 2 == 0) {
                producer.commitTransaction();
              } else {
                producer.flush();
                producer.abortTransaction();
              }
            }
          }
          assertThat(read("read_committed")).containsExactly("v0", "v2");
          assertThat(read("read_uncommitted")).containsExactly("v0", "v1", "v2", "v3");
        });
  }

  @Test
  void thePositionPassesMarkersAndAbortedRecords() throws Exception {
    run(
        () -> {
          try (Producer<String, String> producer = initialized("p", "tx")) {
            producer.beginTransaction();
            var unused = send(producer, "aborted");
            producer.flush();
            producer.abortTransaction();
          }
          sleep(Duration.ofMillis(100));
          try (Consumer<String, String> consumer = reader("read_committed")) {
            ConsumerRecords<String, String> nothing = consumer.poll(Duration.ofSeconds(60));

            assertThat(nothing.count()).isZero();
            assertThat(nothing.nextOffsets()).containsKey(OUT);
            assertThat(consumer.position(OUT)).isEqualTo(2);
            assertThat(consumer.endOffsets(List.of(OUT))).containsEntry(OUT, 2L);
            assertThat(consumer.currentLag(OUT)).hasValue(0);
          }
        });
  }

  @Test
  void aCommitSendsWhatLingers() throws Exception {
    run(
        () -> {
          Map<String, Object> config = TransactionalCopy.producerConfig("tx");
          config.put("linger.ms", 3_000);
          try (Producer<String, String> producer = kafka.process("p").producer(config)) {
            producer.initTransactions();
            producer.beginTransaction();
            Future<RecordMetadata> sent = send(producer, "v");
            producer.commitTransaction();
            assertThat(sent.isDone()).isTrue();
          }
          assertThat(kafka.simulation().nanoTime()).isLessThan(1_000_000_000L);
          assertThat(read("read_committed")).containsExactly("v");
        });
  }

  @Test
  void aZombieIsFencedAndItsRecordsAreNeverCommitted() throws Exception {
    run(
        () -> {
          Producer<String, String> zombie = initialized("old", "tx");
          zombie.beginTransaction();
          send(zombie, "zombie").get();
          Producer<String, String> next = initialized("new", "tx");

          next.beginTransaction();
          var unused = send(next, "next");
          next.commitTransaction();
          assertThatThrownBy(() -> send(zombie, "late").get())
              .hasCauseInstanceOf(InvalidProducerEpochException.class);
          assertThatThrownBy(zombie::commitTransaction)
              .isInstanceOf(InvalidProducerEpochException.class)
              .hasMessageContaining("attempted to produce with an old epoch");
          assertThatThrownBy(zombie::abortTransaction).isInstanceOf(ProducerFencedException.class);
          assertThatThrownBy(zombie::beginTransaction)
              .isInstanceOf(ProducerFencedException.class)
              .hasMessageContaining("has been fenced by another producer");
          assertThat(read("read_committed")).containsExactly("next");
        });
  }

  @Test
  void aHangingTransactionHoldsReadersBackUntilItTimesOut() throws Exception {
    run(
        () -> {
          Producer<String, String> hanging = initialized("hanging", "tx-1");
          hanging.beginTransaction();
          send(hanging, "hanging").get();
          try (Producer<String, String> other = initialized("other", "tx-2")) {
            other.beginTransaction();
            var unused = send(other, "other");
            other.commitTransaction();
          }
          assertThat(read("read_committed", Duration.ofSeconds(15))).isEmpty();
          assertThat(kafka.cluster().lastStableOffset(OUT)).isZero();

          sleep(Duration.ofSeconds(20));

          assertThat(read("read_committed")).containsExactly("other");
          assertThatThrownBy(hanging::commitTransaction).isInstanceOf(KafkaException.class);
        });
  }

  @Test
  void aProducerWhoseTransactionTimedOutMayAbortAndGoOn() throws Exception {
    run(
        () -> {
          try (Producer<String, String> producer = initialized("p", "tx")) {
            producer.beginTransaction();
            send(producer, "slow").get();
            sleep(Duration.ofSeconds(40));
            assertThatThrownBy(() -> send(producer, "late").get())
                .hasCauseInstanceOf(InvalidProducerEpochException.class);
            producer.abortTransaction();

            producer.beginTransaction();
            var unused = send(producer, "again");
            producer.commitTransaction();
          }
          assertThat(read("read_committed")).containsExactly("again");
        });
  }

  @Test
  void aCommitWhoseOutcomeIsUnknownIsAskedForAgain() throws Exception {
    run(
        () -> {
          FaultRule lost = fault(ApiKey.END_TXN, first(9), new Verdict.ApplyThenDrop());
          try (Producer<String, String> producer = initialized("p", "tx")) {
            producer.beginTransaction();
            var unused = send(producer, "v");
            assertThatThrownBy(producer::commitTransaction)
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("awaiting EndTxn(true). CommitTransaction timed out");
            assertThatThrownBy(producer::abortTransaction)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("previous call to `commitTransaction` timed out");
            assertThatThrownBy(producer::beginTransaction)
                .isInstanceOf(IllegalStateException.class);
            producer.commitTransaction();

            producer.beginTransaction();
            unused = send(producer, "w");
            producer.commitTransaction();
          }
          assertThat(lost.fired()).isEqualTo(9);
          assertThat(read("read_committed")).containsExactly("v", "w");
        });
  }

  @Test
  void aRecordThatIsRefusedWhileACommitIsOpenGoesOutAllTheSame() throws Exception {
    run(
        () -> {
          FaultRule lost = fault(ApiKey.END_TXN, first(100), new Verdict.ApplyThenDrop());
          try (Producer<String, String> producer = initialized("p", "tx")) {
            producer.beginTransaction();
            var unused = send(producer, "v");
            assertThatThrownBy(producer::commitTransaction).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> send(producer, "too early"))
                .isInstanceOf(IllegalStateException.class);
            lost.heal();
            // Its partition is in the transaction, which has ended at the broker.
            assertThatThrownBy(producer::commitTransaction)
                .isInstanceOf(InvalidProducerEpochException.class);
          }
          assertThat(read("read_committed")).containsExactly("v");
        });
  }

  @Test
  void aLateEndDoesNotReachTheNextTransaction() throws Exception {
    run(
        () -> {
          fault(
              ApiKey.END_TXN,
              first(1),
              new Verdict.Delay(Latency.constant(Duration.ofMillis(1_500))));
          try (Producer<String, String> producer = initialized("p", "tx")) {
            producer.beginTransaction();
            var unused = send(producer, "v");
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer, "open").get();
            sleep(Duration.ofSeconds(2));
            assertThat(kafka.cluster().transactionState("tx")).contains("Ongoing");
            producer.abortTransaction();
          }
          assertThat(read("read_committed")).containsExactly("v");
        });
  }

  @Test
  void aRecordThatCannotBeSentFailsTheTransactionUntilItIsAborted() throws Exception {
    run(
        () -> {
          FaultRule lost = fault(ApiKey.PRODUCE, first(100), new Verdict.DropRequest());
          try (Producer<String, String> producer = initialized("p", "tx")) {
            producer.beginTransaction();
            assertThatThrownBy(() -> send(producer, "lost").get())
                .hasCauseInstanceOf(RetriableException.class);
            lost.heal();
            assertThatThrownBy(producer::commitTransaction)
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("in an error state")
                .hasCauseInstanceOf(TransactionAbortableException.class);
            producer.abortTransaction();

            producer.beginTransaction();
            var unused = send(producer, "v");
            producer.commitTransaction();
          }
          assertThat(read("read_uncommitted")).containsExactly("v");
        });
  }

  @Test
  void anErrorThatEndsTheProducerEndsItForGood() throws Exception {
    run(
        () -> {
          fault(ApiKey.END_TXN, first(1), new Verdict.Fail(ErrorCode.INVALID_PRODUCER_ID_MAPPING));
          Producer<String, String> producer = initialized("p", "tx");
          producer.beginTransaction();
          var unused = send(producer, "v");

          assertThatThrownBy(producer::commitTransaction).isInstanceOf(KafkaException.class);
          assertThatThrownBy(producer::abortTransaction).isInstanceOf(KafkaException.class);
          assertThatThrownBy(producer::beginTransaction).isInstanceOf(KafkaException.class);
        });
  }

  @Test
  void offsetsOfAnOldGenerationFailTheTransaction() throws Exception {
    run(
        () -> {
          try (Consumer<String, String> consumer =
                  kafka
                      .process("c")
                      .consumer(TransactionalCopy.consumerConfig("g", "read_committed"));
              Producer<String, String> producer = initialized("c", "tx")) {
            consumer.subscribe(List.of("out"));
            while (consumer.assignment().isEmpty()) {
              assertThat(consumer.poll(Duration.ofMillis(100)).isEmpty()).isTrue();
            }
            ConsumerGroupMetadata before = consumer.groupMetadata();
            assertThat(kafka.forceRebalance("g")).isTrue();
            while (consumer.groupMetadata().generationId() == before.generationId()) {
              assertThat(consumer.poll(Duration.ofMillis(100)).isEmpty()).isTrue();
            }
            ConsumerGroupMetadata now = consumer.groupMetadata();
            Map<TopicPartition, OffsetAndMetadata> offsets = Map.of(OUT, new OffsetAndMetadata(0));
            producer.beginTransaction();

            assertThatThrownBy(() -> producer.sendOffsetsToTransaction(offsets, before))
                .isInstanceOf(CommitFailedException.class)
                .hasMessageContaining("consumer group metadata mismatch");
            producer.abortTransaction();
            producer.beginTransaction();
            producer.sendOffsetsToTransaction(offsets, now);
            producer.commitTransaction();
            assertThat(consumer.committed(java.util.Set.of(OUT))).containsKey(OUT);
          }
        });
  }

  @Test
  void whoeverAsksForAnOffsetWaitsForTheTransactionThatMayChangeIt() throws Exception {
    run(
        () -> {
          Producer<String, String> producer = initialized("p", "tx");
          producer.beginTransaction();
          try (Consumer<String, String> consumer = reader("read_committed")) {
            producer.sendOffsetsToTransaction(
                Map.of(OUT, new OffsetAndMetadata(5)), consumer.groupMetadata());
            assertThatThrownBy(
                    () -> consumer.committed(java.util.Set.of(OUT), Duration.ofSeconds(2)))
                .isInstanceOf(TimeoutException.class);
            producer.commitTransaction();
            assertThat(consumer.committed(java.util.Set.of(OUT), Duration.ofSeconds(2)))
                .containsEntry(OUT, new OffsetAndMetadata(5));
          }
        });
  }

  @Test
  void aCloseAbortsWhatIsOpen() throws Exception {
    run(
        () -> {
          Producer<String, String> producer = initialized("p", "tx");
          producer.beginTransaction();
          send(producer, "v").get();
          producer.close();
          sleep(Duration.ofMillis(100));

          assertThat(kafka.cluster().transactionState("tx")).contains("CompleteAbort");
          assertThat(read("read_committed")).isEmpty();
        });
  }
}
