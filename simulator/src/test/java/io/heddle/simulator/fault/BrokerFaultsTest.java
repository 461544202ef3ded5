package io.heddle.simulator.fault;

import static io.heddle.simulator.fault.BrokerFaults.addPartitions;
import static io.heddle.simulator.fault.BrokerFaults.compact;
import static io.heddle.simulator.fault.BrokerFaults.crashBroker;
import static io.heddle.simulator.fault.BrokerFaults.deleteTopic;
import static io.heddle.simulator.fault.BrokerFaults.expire;
import static io.heddle.simulator.fault.BrokerFaults.expireAllBut;
import static io.heddle.simulator.fault.BrokerFaults.expireProducers;
import static io.heddle.simulator.fault.BrokerFaults.moveCoordinator;
import static io.heddle.simulator.fault.BrokerFaults.recreateTopic;
import static io.heddle.simulator.fault.BrokerFaults.restartBroker;
import static io.heddle.simulator.fault.BrokerFaults.truncate;
import static io.heddle.simulator.fault.BrokerFaults.truncateBy;
import static io.heddle.simulator.fault.FaultFixture.ORDERS;
import static io.heddle.simulator.fault.FaultFixture.seconds;
import static io.heddle.simulator.fault.FaultFixture.send;
import static io.heddle.simulator.fault.Faults.healNetwork;
import static io.heddle.simulator.fault.Faults.hold;
import static io.heddle.simulator.fault.Faults.moveLeader;
import static io.heddle.simulator.fault.Faults.partitionNetwork;
import static io.heddle.simulator.fault.Faults.rebalance;
import static io.heddle.simulator.fault.Faults.release;
import static io.heddle.simulator.fault.Faults.throttle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.network.Barrier;
import io.heddle.simulator.protocol.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

/** What Kafka's clients see of faults of brokers and logs. */
class BrokerFaultsTest {
  private FaultFixture fixture = new FaultFixture();
  private SimulatedKafka kafka = fixture.kafka;
  private FaultPlan faults = fixture.faults;

  private static BrokerFaultsTest on(FaultFixture other) {
    BrokerFaultsTest test = new BrokerFaultsTest();
    test.fixture = other;
    test.kafka = other.kafka;
    test.faults = other.faults;
    return test;
  }

  private void write(int from, int to) throws Exception {
    try (Producer<String, String> producer = fixture.producer(true)) {
      for (int i = from; i < to; i++) {
        send(producer, "v" + i).get();
      }
    }
  }

  private Consumer<String, String> reader(String reset) {
    Map<String, Object> properties = new HashMap<>(fixture.group);
    properties.remove("group.id");
    properties.put("auto.offset.reset", reset);
    Consumer<String, String> consumer = kafka.consumer(properties);
    consumer.assign(List.of(ORDERS));
    return consumer;
  }

  private List<String> read(Consumer<String, String> consumer, Duration time) {
    List<String> values = new ArrayList<>();
    long end = kafka.simulation().nanoTime() + time.toNanos();
    while (kafka.simulation().nanoTime() < end) {
      consumer.poll(Duration.ofMillis(50)).forEach(each -> values.add(each.value()));
    }
    return values;
  }

  @Test
  void aProducerOutlivesACrashOfItsBroker() throws Exception {
    Fault crash = faults.at(seconds(1)).then(crashBroker(0));
    Fault restart = faults.at(seconds(2)).then(restartBroker(0));

    fixture.run(
        () -> {
          write(0, 3);
          fixture.sleep(seconds(3));
          write(3, 6);
          assertThat(kafka.simulation().nanoTime()).isGreaterThan(seconds(9).toNanos());
          try (Consumer<String, String> consumer = reader("earliest")) {
            assertThat(read(consumer, seconds(2)))
                .containsExactly("v0", "v1", "v2", "v3", "v4", "v5");
          }
        });

    assertThat(crash.fired()).isOne();
    assertThat(restart.fired()).isOne();
  }

  @Test
  void aConsumerLearnsOfATruncationByAnExceptionIfItHasNoResetPolicy() throws Exception {
    fixture.run(
        () -> {
          write(0, 5);
          try (Consumer<String, String> consumer = reader("none")) {
            consumer.seek(ORDERS, 0);
            assertThat(read(consumer, seconds(1))).hasSize(5);
            faults.at(seconds(3)).then(truncate(ORDERS, 2));
            fixture.sleep(seconds(3));
            write(7, 8);

            assertThatThrownBy(() -> read(consumer, seconds(5)))
                .isInstanceOfSatisfying(
                    LogTruncationException.class,
                    thrown -> {
                      assertThat(thrown.offsetOutOfRangePartitions()).isEqualTo(Map.of(ORDERS, 5L));
                      assertThat(thrown.divergentOffsets().get(ORDERS))
                          .matches(it -> it.offset() == 2);
                    });
          }
        });
    assertThat(faults.unfired()).isEmpty();
  }

  @Test
  void aConsumerWithAResetPolicyGoesBackToWhereTheLogsPart() throws Exception {
    fixture.run(
        () -> {
          write(0, 5);
          try (Consumer<String, String> consumer = reader("earliest")) {
            assertThat(read(consumer, seconds(1))).hasSize(5);
            faults.at(seconds(3)).then(truncateBy(ORDERS, 3));
            fixture.sleep(seconds(3));
            write(7, 9);

            assertThat(read(consumer, seconds(5))).containsExactly("v7", "v8");
            assertThat(consumer.position(ORDERS)).isEqualTo(4);
          }
        });
    assertThat(fixture.facts)
        .filteredOn(fact -> fact instanceof Fact.Sought)
        .singleElement()
        .matches(fact -> ((Fact.Sought) fact).offset() == 2);
  }

  @Test
  void whatExpiredIsOutOfRange() throws Exception {
    fixture.run(
        () -> {
          write(0, 5);
          faults.at(seconds(1)).then(expire(ORDERS, 2));
          faults.at(seconds(2)).then(expireAllBut(ORDERS, 1));
          fixture.sleep(seconds(3));
          try (Consumer<String, String> none = reader("none");
              Consumer<String, String> earliest = reader("earliest")) {
            none.seek(ORDERS, 1);
            earliest.seek(ORDERS, 1);

            assertThatThrownBy(() -> read(none, seconds(1)))
                .isInstanceOf(OffsetOutOfRangeException.class);
            assertThat(read(earliest, seconds(1))).containsExactly("v4");
          }
        });
    assertThat(faults.unfired()).isEmpty();
  }

  @Test
  void whatWasCompactedLeavesHoles() throws Exception {
    faults.at(seconds(2)).then(compact(ORDERS));
    kafka.run(
        () -> {
          kafka.cluster().createTopic("orders", 1, 1, Map.of("cleanup.policy", "compact"));
          write(0, 5);
          fixture.sleep(seconds(3));
          try (Consumer<String, String> consumer = reader("earliest")) {
            assertThat(read(consumer, seconds(1))).containsExactly("v4");
            assertThat(consumer.position(ORDERS)).isEqualTo(5);
          }
        });
    assertThat(faults.unfired()).isEmpty();
  }

  @Test
  void aPositionBeyondTheEndOfATopicThatWasMadeAnewIsReset() throws Exception {
    FaultFixture alone = new FaultFixture(1);
    alone.run(
        () -> {
          BrokerFaultsTest test = on(alone);
          test.write(0, 5);
          try (Consumer<String, String> consumer = test.reader("earliest")) {
            assertThat(test.read(consumer, seconds(1))).hasSize(5);
            alone.faults.at(seconds(3)).then(recreateTopic("orders"));
            alone.sleep(seconds(3));
            test.write(7, 9);

            assertThat(test.read(consumer, seconds(5))).containsExactly("v7", "v8");
          }
        });
    assertThat(alone.faults.unfired()).isEmpty();
  }

  @Test
  void aTopicMadeAnewAtAnotherLeaderIsTakenForATruncatedOne() throws Exception {
    fixture.run(
        () -> {
          write(0, 5);
          try (Consumer<String, String> consumer = reader("earliest")) {
            assertThat(read(consumer, seconds(1))).hasSize(5);
            faults.at(seconds(3)).then(recreateTopic("orders"));
            fixture.sleep(seconds(3));
            write(7, 9);

            // Epoch 0 ends at 2 there, so the consumer goes on at 2: as in Kafka, two are skipped.
            assertThat(read(consumer, seconds(5))).isEmpty();
            write(9, 10);
            assertThat(read(consumer, seconds(5))).containsExactly("v9");
          }
        });
    assertThat(faults.unfired()).isEmpty();
  }

  @Test
  void aDeletedTopicIsGoneAndSoAreItsOffsets() throws Exception {
    faults.at(seconds(10)).then(deleteTopic("orders"));
    fixture.run(
        () -> {
          write(0, 2);
          fixture.member("m1");
          fixture.sleep(seconds(20));
          assertThat(kafka.cluster().topics()).doesNotContain("orders");
          assertThat(kafka.cluster().committedOffsets("g")).isEmpty();
        });
    assertThat(faults.unfired()).isEmpty();
  }

  @Test
  void aMemberGetsThePartitionsThatWereAdded() throws Exception {
    faults.at(seconds(10)).then(addPartitions("orders", 4));
    fixture.run(
        () -> {
          fixture.member("m1");
          fixture.sleep(Duration.ofMinutes(6));
          assertThat(kafka.cluster().partitionsOf("orders")).isEqualTo(4);
        });
    assertThat(faults.unfired()).isEmpty();
    assertThat(fixture.facts)
        .filteredOn(fact -> fact instanceof Fact.Assigned it && it.partitions().size() == 4)
        .isNotEmpty();
  }

  @Test
  void aGroupGoesOnAtItsNewCoordinator() throws Exception {
    fixture.run(
        () -> {
          int other = 1 - kafka.cluster().coordinatorOf("g");
          faults.at(seconds(20)).then(moveCoordinator("g", other, seconds(3)));
          fixture.member("m1");
          fixture.sleep(seconds(60));
          assertThat(kafka.cluster().coordinatorOf("g")).isEqualTo(other);
          assertThat(kafka.cluster().describeGroup("g"))
              .get()
              .matches(group -> group.members().size() == 1);
        });
    assertThat(faults.unfired()).isEmpty();
    assertThat(fixture.assignments("m1")).hasSize(1);
    assertThat(fixture.facts).noneMatch(fact -> fact instanceof Fact.Lost);
  }

  @Test
  void aThrottledClientHoldsBack() throws Exception {
    Fault throttled = faults.on(ApiKey.PRODUCE).nth(1).then(throttle(seconds(10)));
    fixture.run(
        () -> {
          try (Producer<String, String> producer = fixture.producer(true)) {
            send(producer, "a").get();
            // The reply itself was not late.
            assertThat(kafka.simulation().nanoTime()).isLessThan(seconds(1).toNanos());
            send(producer, "b").get();
            assertThat(kafka.simulation().nanoTime()).isGreaterThan(seconds(10).toNanos());
          }
        });
    assertThat(throttled.fired()).isOne();
  }

  @Test
  void aLeaderMovesInTheMidstOfAFetch() throws Exception {
    Fault move = faults.on(ApiKey.FETCH).nth(2).then(moveLeader(ORDERS, 1));
    fixture.run(
        () -> {
          write(0, 2);
          try (Consumer<String, String> consumer = reader("earliest")) {
            assertThat(read(consumer, seconds(1))).containsExactly("v0", "v1");
            write(2, 4);
            assertThat(read(consumer, seconds(5))).containsExactly("v2", "v3");
          }
          assertThat(kafka.cluster().leaderOf(ORDERS)).isOne();
        });
    assertThat(move.fired()).isOne();
  }

  @Test
  void aFaultFollowsAFact() throws Exception {
    Fault fault = faults.when(fact -> fact instanceof Fact.Committed).nth(2).then(rebalance("g"));
    fixture.run(
        () -> {
          write(0, 4);
          Map<String, Object> properties = new HashMap<>(fixture.group);
          properties.put("max.poll.records", 1);
          try (Consumer<String, String> consumer = kafka.consumer(properties)) {
            consumer.subscribe(List.of("orders"));
            for (int polled = 0; polled < 3; ) {
              polled += consumer.poll(Duration.ofMillis(100)).count();
              consumer.commitSync();
            }
            read(consumer, seconds(5));
          }
        });
    assertThat(fault.fired()).isOne();
    long second =
        fixture.facts.stream()
            .filter(fact -> fact instanceof Fact.Committed)
            .skip(1)
            .findFirst()
            .orElseThrow()
            .atNanos();
    assertThat(fixture.facts)
        .anyMatch(fact -> fact instanceof Fact.Revoked && fact.atNanos() > second);
  }

  @Test
  void whatIsHeldIsReleasedAtATime() throws Exception {
    Barrier barrier = faults.barrier();
    faults.on(ApiKey.PRODUCE).once().then(hold(barrier));
    Fault released = faults.at(Duration.ofMillis(500)).then(release(barrier));
    fixture.run(
        () -> {
          write(0, 1);
          assertThat(kafka.simulation().nanoTime()).isGreaterThan(Duration.ofMillis(500).toNanos());
        });
    assertThat(released.fired()).isOne();
  }

  @Test
  void aCutNetworkIsHealed() throws Exception {
    kafka.process("app");
    faults.at(Duration.ofMillis(1)).then(partitionNetwork("app", 0, seconds(600)));
    Fault healed = faults.at(seconds(3)).then(healNetwork("app", 0));
    fixture.run(
        () -> {
          fixture.sleep(Duration.ofMillis(2));
          write(0, 1);
          assertThat(kafka.simulation().nanoTime()).isLessThan(seconds(10).toNanos());
        });
    assertThat(healed.fired()).isOne();
  }

  @Test
  void aForgottenProducerGoesOn() throws Exception {
    fixture.run(
        () -> {
          try (Producer<String, String> producer = fixture.producer(true)) {
            send(producer, "a").get();
            faults.at(seconds(1)).then(expireProducers(ORDERS));
            fixture.sleep(seconds(2));
            assertThat(send(producer, "b").get().offset()).isOne();
          }
        });
    assertThat(faults.unfired()).isEmpty();
  }

  @Test
  void whatCannotHappenSaysWhy() throws Exception {
    faults.at(seconds(1)).named("no broker").then(crashBroker(9));
    faults.at(seconds(1)).named("no partition").then(truncate(ORDERS, 5));
    faults.at(seconds(1)).named("not compacted").then(compact(ORDERS));
    fixture.run(() -> fixture.sleep(seconds(2)));
    assertThat(faults.unfired())
        .extracting(Fault::toString)
        .containsExactly(
            "no broker (there was no broker 9)",
            "no partition (orders-0 did not reach offset 5)",
            "not compacted (nothing could be compacted (is the topic?))");
  }
}
