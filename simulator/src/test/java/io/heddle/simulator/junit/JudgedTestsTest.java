package io.heddle.simulator.junit;

import static io.heddle.simulator.fault.Faults.dropRequest;
import static io.heddle.simulator.junit.JupiterRun.onlyFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.check.Invariant;
import io.heddle.simulator.check.Observer;
import io.heddle.simulator.fault.FaultPlan;
import io.heddle.simulator.protocol.ApiKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The classes that are run stand above what is expected of them. */
class JudgedTestsTest {
  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

  static class Unfired {
    @SimulatedKafkaTest
    void plans(FaultPlan faults) {
      faults.on(ApiKey.FETCH).named("lost fetch").then(dropRequest());
      faults.on(ApiKey.FETCH).withProbability(0.01).mayNotFire().then(dropRequest());
    }
  }

  @Test
  void aFaultThatNeverFiredFailsTheTest() {
    assertThat(onlyFailure(Unfired.class))
        .hasMessage(
            "a fault never fired: lost fetch (0 requests matched)\n"
                + "seed 1, to replay: @Seed(1) or -Dheddle.seed=1");
  }

  static class OutOfOrder {
    void work(Observer observer) {
      observer.started(ORDERS, 0, "k");
      observer.started(ORDERS, 1, "k");
      observer.ended(ORDERS, 1, "k");
      observer.ended(ORDERS, 0, "k");
    }

    @SimulatedKafkaTest
    void isJudged(Observer observer) {
      work(observer);
    }

    @SimulatedKafkaTest(invariants = Invariant.COMMIT_PREFIX)
    void isJudgedByOtherInvariants(Observer observer) {
      work(observer);
    }

    @SimulatedKafkaTest(invariants = {})
    void isNotJudged(Observer observer) {
      work(observer);
    }
  }

  @Test
  void aBrokenInvariantIsToldWithItsShortestTimeline() {
    String message = Objects.requireNonNull(onlyFailure(OutOfOrder.class).getMessage());

    assertThat(message.lines().toList()).first().asString().startsWith("key-");
    assertThat(message)
        .contains("partition@offset", "app    started orders-0@0", "key-order=")
        .endsWith("\nseed 1, to replay: @Seed(1) or -Dheddle.seed=1");
  }

  static class TwoGroups {
    private static void read(SimulatedProcess process, String group) {
      Map<String, Object> properties =
          Map.of(
              "group.id", group,
              "auto.offset.reset", "earliest",
              "key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer",
              "value.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
      try (Consumer<String, String> consumer = process.consumer(properties)) {
        consumer.subscribe(List.of("orders"));
        boolean read = false;
        while (!read) {
          for (ConsumerRecord<String, String> order : consumer.poll(Duration.ofSeconds(1))) {
            if (!group.equals("unobserved")) {
              process.observer().started(order, "k");
              process.observer().ended(order, "k");
            }
            read = true;
          }
        }
      }
    }

    @SimulatedKafkaTest
    void oneIsObserved(SimulatedKafka kafka, Producer<String, String> producer) throws Exception {
      kafka.createTopic("orders", 1);
      producer.send(new ProducerRecord<>("orders", "k", "v")).get();
      read(kafka.process("m1"), "unobserved");
      read(kafka.process("m2"), "g");
    }

    @SimulatedKafkaTest
    void bothAreObserved(SimulatedKafka kafka, Producer<String, String> producer) throws Exception {
      kafka.createTopic("orders", 1);
      producer.send(new ProducerRecord<>("orders", "k", "v")).get();
      read(kafka.process("m1"), "f");
      read(kafka.process("m2"), "g");
    }
  }

  @Test
  void observersOfSeveralGroupsAreRefusedAndOthersNotJudged() {
    assertThat(onlyFailure(TwoGroups.class))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("observers in more than one group, f and g, are not modelled");
  }
}
