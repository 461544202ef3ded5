package io.heddle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.network.FaultRule;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.junit.jupiter.api.Test;

class TransactionCallsTest {
  private final SimulatedKafka kafka = SimulatedKafka.withSeed(7);

  private void run(SimulatedKafka.Body body) throws Exception {
    kafka.run(
        () -> {
          kafka.createTopic("out", 1);
          body.run();
        });
  }

  private static Future<RecordMetadata> send(Producer<String, String> producer, String value) {
    return producer.send(new ProducerRecord<>("out", 0, "k", value));
  }

  @Test
  void recordsThatWereNotSentYetAreDroppedByAnAbort() throws Exception {
    run(
        () -> {
          Map<String, Object> config = TransactionalCopy.producerConfig("tx");
          config.put("linger.ms", 3_000);
          try (Producer<String, String> producer = kafka.process("p").producer(config)) {
            producer.initTransactions();
            producer.beginTransaction();
            Future<RecordMetadata> sent = send(producer, "dropped");
            producer.abortTransaction();

            assertThatThrownBy(sent::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TransactionAbortedException.class);
          }
          assertThat(kafka.cluster().endOffset(new TopicPartition("out", 0))).isZero();
        });
  }

  @Test
  void callsOutOfTurnAreRefusedAsKafkaRefusesThem() throws Exception {
    run(
        () -> {
          Producer<String, String> producer =
              kafka.process("p").producer(TransactionalCopy.producerConfig("tx"));
          assertThatThrownBy(producer::beginTransaction)
              .isInstanceOf(IllegalStateException.class)
              .hasMessage(
                  "TransactionalId tx: Invalid transition attempted from state UNINITIALIZED to"
                      + " state IN_TRANSACTION");
          assertThatThrownBy(() -> send(producer, "v"))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("before completing a call to initTransactions");
          producer.initTransactions();
          assertThatThrownBy(() -> send(producer, "v"))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("while in state  READY");
          assertThatThrownBy(producer::commitTransaction).isInstanceOf(IllegalStateException.class);
          producer.beginTransaction();
          assertThatThrownBy(producer::beginTransaction).isInstanceOf(IllegalStateException.class);
          assertThatThrownBy(producer::initTransactions).isInstanceOf(IllegalStateException.class);
          // A commit would wait for what was refused: nothing says yet to which transaction it
          // goes.
          producer.abortTransaction();
          assertThat(kafka.cluster().transactionState("tx")).contains("Empty");
          producer.close();
        });
  }

  @Test
  void aProducerWithoutATransactionalIdHasNoTransactions() throws Exception {
    run(
        () -> {
          Map<String, Object> config = TransactionalCopy.producerConfig("tx");
          config.remove("transactional.id");
          try (Producer<String, String> producer = kafka.producer(config)) {
            assertThatThrownBy(producer::initTransactions)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Transactional method invoked on a non-transactional producer.");
          }
        });
  }

  @Test
  void anInitializationThatTakesTooLongMayBeRepeated() throws Exception {
    run(
        () -> {
          kafka.add(
              new FaultRule(
                  "silence",
                  exchange -> exchange.request().api() == ApiKey.INIT_PRODUCER_ID,
                  new FaultRule.Trigger.Times(9),
                  new Verdict.DropRequest()));
          Producer<String, String> producer =
              kafka.process("p").producer(TransactionalCopy.producerConfig("tx"));

          assertThatThrownBy(producer::initTransactions)
              .isInstanceOf(TimeoutException.class)
              .hasMessageContaining("InitTransactions timed out");
          producer.initTransactions();
          producer.beginTransaction();
          send(producer, "v").get();
          producer.commitTransaction();
        });
  }
}
