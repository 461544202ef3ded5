package io.heddle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.network.FaultRule;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/**
 * A broker that does not know a producer any more, as older ones have it: those of Kafka 4 never
 * answer UNKNOWN_PRODUCER_ID, so kafka-clients' TransactionManager.canRetry is what this goes by.
 */
class UnknownProducerTest {
  private final SimulatedKafka kafka = SimulatedKafka.builder(1).build();

  private Producer<String, String> producer(Map<String, Object> more) {
    Map<String, Object> properties = new TreeMap<>(more);
    properties.put("key.serializer", StringSerializer.class.getName());
    properties.put("value.serializer", StringSerializer.class.getName());
    return kafka.producer(properties);
  }

  private FaultRule unknown(FaultRule.Trigger trigger) {
    FaultRule rule =
        new FaultRule(
            "unknown",
            exchange -> exchange.request().api() == ApiKey.PRODUCE,
            trigger,
            new Verdict.Fail(ErrorCode.UNKNOWN_PRODUCER_ID));
    kafka.add(rule);
    return rule;
  }

  private static Future<RecordMetadata> send(Producer<String, String> producer, int value) {
    return producer.send(new ProducerRecord<>("t", 0, "k", "" + value));
  }

  @Test
  void anIdempotentProducerTriesAgainInANewEpochAndKeepsTheOrder() throws Exception {
    kafka.createTopic("t", 1, Map.of());
    kafka.run(
        () -> {
          try (Producer<String, String> producer = producer(Map.of("linger.ms", "0"))) {
            assertThat(send(producer, 0).get().offset()).isZero();
            FaultRule rule = unknown(new FaultRule.Trigger.Times(2));
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 1; i <= 20; i++) {
              sent.add(send(producer, i));
              kafka.simulation().sleep(100_000);
            }
            List<Long> offsets = new ArrayList<>();
            for (Future<RecordMetadata> each : sent) {
              offsets.add(each.get().offset());
            }

            assertThat(offsets).isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
            assertThat(rule.fired()).isEqualTo(2);
          }
        });
  }

  @Test
  void aTransactionIsAbortedIfTheBrokerHasHadSomeOfIt() throws Exception {
    kafka.createTopic("t", 1, Map.of());
    kafka.run(
        () -> {
          try (Producer<String, String> producer = producer(Map.of("transactional.id", "tx"))) {
            producer.initTransactions();
            producer.beginTransaction();
            assertThat(send(producer, 0).get().offset()).isZero();
            unknown(new FaultRule.Trigger.Times(1));

            assertThatThrownBy(() -> send(producer, 1).get())
                .hasCauseExactlyInstanceOf(UnknownProducerIdException.class);
            assertThatThrownBy(producer::commitTransaction).isInstanceOf(KafkaException.class);
            producer.abortTransaction();
            producer.beginTransaction();
            assertThat(send(producer, 2).get().offset()).isEqualTo(2);
            producer.commitTransaction();
          }
        });
  }

  @Test
  void aTransactionOfWhichTheBrokerHasHadNothingGoesOn() throws Exception {
    kafka.createTopic("t", 1, Map.of());
    kafka.run(
        () -> {
          try (Producer<String, String> producer = producer(Map.of("transactional.id", "tx"))) {
            producer.initTransactions();
            producer.beginTransaction();
            FaultRule rule = unknown(new FaultRule.Trigger.Times(1));

            assertThat(send(producer, 0).get().offset()).isZero();
            producer.commitTransaction();
            assertThat(rule.fired()).isEqualTo(1);
          }
        });
  }
}
