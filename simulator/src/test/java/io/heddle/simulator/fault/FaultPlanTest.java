package io.heddle.simulator.fault;

import static io.heddle.simulator.fault.Faults.applyThenDrop;
import static io.heddle.simulator.fault.Faults.crashClient;
import static io.heddle.simulator.fault.Faults.delay;
import static io.heddle.simulator.fault.Faults.disconnect;
import static io.heddle.simulator.fault.Faults.dropRequest;
import static io.heddle.simulator.fault.Faults.duplicate;
import static io.heddle.simulator.fault.Faults.error;
import static io.heddle.simulator.fault.Faults.fenceMember;
import static io.heddle.simulator.fault.Faults.hold;
import static io.heddle.simulator.fault.Faults.moveLeader;
import static io.heddle.simulator.fault.Faults.partitionNetwork;
import static io.heddle.simulator.fault.Faults.pauseClient;
import static io.heddle.simulator.fault.Faults.rebalance;
import static io.heddle.simulator.fault.Faults.restartClient;
import static io.heddle.simulator.fault.Faults.skewClock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.core.SimClock;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.network.Barrier;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

  private final List<Fact> facts = new ArrayList<>();
  private final SimulatedKafka kafka =
      SimulatedKafka.builder(1)
          .cluster(ClusterSettings.defaults().withBrokers(2))
          .facts(facts::add)
          .build();
  private final FaultPlan faults = FaultPlan.of(kafka);
  private final Map<String, Object> group =
      Map.of(
          "group.id", "g",
          "enable.auto.commit", "false",
          "auto.offset.reset", "earliest",
          "key.deserializer", StringDeserializer.class,
          "value.deserializer", StringDeserializer.class);

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private void run(SimulatedKafka.Body body) throws Exception {
    kafka.run(
        () -> {
          kafka.createTopic("orders", 2);
          body.run();
        });
  }

  private void sleep(Duration duration) {
    kafka.simulation().sleep(duration.toNanos());
  }

  private Producer<String, String> producer(boolean idempotent) {
    return kafka.producer(
        Map.of(
            "key.serializer",
            StringSerializer.class,
            "value.serializer",
            StringSerializer.class,
            "enable.idempotence",
            idempotent,
            "request.timeout.ms",
            1_000));
  }

  private static Future<RecordMetadata> send(Producer<String, String> producer, String value) {
    return producer.send(new ProducerRecord<>("orders", 0, "k", value));
  }

  private void poll(SimulatedProcess process) {
    try (Consumer<String, String> consumer = process.consumer(group)) {
      consumer.subscribe(List.of("orders"));
      while (true) {
        consumer.poll(Duration.ofMillis(100));
      }
    }
  }

  private SimulatedProcess member(String name) {
    SimulatedProcess process = kafka.process(name);
    var unused = process.start("main", () -> poll(process));
    return process;
  }

  private List<String> assignments(String member) {
    return facts.stream()
        .filter(fact -> fact instanceof Fact.Assigned it && it.member().name().equals(member))
        .map(fact -> fact.atNanos() / 1_000_000_000 + " " + ((Fact.Assigned) fact).member())
        .toList();
  }

  @Test
  void aDuplicateOfAProducerWithoutIdempotenceIsAppendedTwice() throws Exception {
    Fault fault = faults.on(ApiKey.PRODUCE).once().then(duplicate());

    run(
        () -> {
          try (Producer<String, String> producer = producer(false)) {
            assertThat(send(producer, "a").get().offset()).isZero();
          }
          assertThat(kafka.cluster().endOffset(ORDERS)).isEqualTo(2);
        });

    assertThat(fault.fired()).isEqualTo(1);
  }

  @Test
  void aDuplicateOfAnIdempotentProducerIsAppendedOnce() throws Exception {
    faults.on(ApiKey.PRODUCE).then(duplicate());

    run(
        () -> {
          try (Producer<String, String> producer = producer(true)) {
            assertThat(send(producer, "a").get().offset()).isZero();
            assertThat(send(producer, "b").get().offset()).isEqualTo(1);
          }
          assertThat(kafka.cluster().endOffset(ORDERS)).isEqualTo(2);
        });

    assertThat(faults.unfired()).isEmpty();
  }

  @Test
  void aCommitThatWasHeldPastItsMembersTimeIsRefused() throws Exception {
    Barrier barrier = faults.barrier();
    faults.on(ApiKey.OFFSET_COMMIT).from("m1").group("g").once().then(hold(barrier));

    run(
        () -> {
          try (Consumer<String, String> consumer = kafka.process("m1").consumer(group)) {
            consumer.subscribe(List.of("orders"));
            while (consumer.assignment().isEmpty()) {
              consumer.poll(Duration.ofMillis(100));
            }
            List<Exception> failures = new ArrayList<>();
            consumer.commitAsync(
                Map.of(ORDERS, new OffsetAndMetadata(0)),
                (offsets, failure) -> failures.add(failure));
            barrier.awaitEntered();
            assertThat(kafka.cluster().expireMember("g", kafka.process("m1").process().member()))
                .isTrue();
            barrier.release();
            while (failures.isEmpty()) {
              consumer.poll(Duration.ofMillis(10));
            }
            assertThat(failures.get(0)).isInstanceOf(CommitFailedException.class);
          }
          assertThat(kafka.cluster().committedOffsets("g")).isEmpty();
        });
  }

  @Test
  void requestsAreChosenByProcessTimeCountAndPredicate() throws Exception {
    Fault other = faults.on(ApiKey.PRODUCE).from("m9").named("other").then(dropRequest());
    Fault early =
        faults
            .on(ApiKey.PRODUCE)
            .from("app")
            .between(Duration.ZERO, seconds(10))
            .nth(2)
            .then(error(ErrorCode.NOT_LEADER_OR_FOLLOWER));
    Fault late =
        faults
            .on(ApiKey.PRODUCE)
            .between(seconds(10), seconds(20))
            .then(delay(Duration.ofMillis(500)));
    Fault never = faults.on(ApiKey.PRODUCE).when(exchange -> false).then(applyThenDrop());
    Fault maybe = faults.on(ApiKey.FETCH).withProbability(0).mayNotFire().then(applyThenDrop());

    run(
        () -> {
          try (Producer<String, String> producer = producer(true)) {
            send(producer, "a").get();
            send(producer, "b").get();
            sleep(seconds(10).minusNanos(kafka.simulation().nanoTime()));
            long before = kafka.simulation().nanoTime();
            send(producer, "c").get();
            assertThat(kafka.simulation().nanoTime() - before)
                .isGreaterThan(Duration.ofMillis(500).toNanos());
          }
        });

    assertThat(early.fired()).isEqualTo(1);
    assertThat(late.fired()).isEqualTo(1);
    assertThat(faults.faults()).containsExactly(other, early, late, never, maybe);
    assertThat(faults.unfired()).containsExactly(other, never);
    assertThat(early.name()).isEqualTo("Produce error NOT_LEADER_OR_FOLLOWER #2");
    assertThat(other).hasToString("other (0 requests matched)");
  }

  @Test
  void aPausedMemberIsThrownOutAndComesBack() throws Exception {
    Fault pause = faults.at(seconds(20)).then(pauseClient("m1", seconds(60)));

    run(
        () -> {
          member("m1");
          sleep(seconds(100));
        });

    assertThat(pause.fired()).isEqualTo(1);
    assertThat(assignments("m1")).hasSize(2).element(1).asString().startsWith("8");
    assertThat(facts).anyMatch(fact -> fact instanceof Fact.Lost);
  }

  @Test
  void aCrashedMemberIsRestartedWithItsApplication() throws Exception {
    faults.at(seconds(10)).then(crashClient("m1"));
    faults.at(seconds(20)).then(restartClient("m1", this::poll));
    faults.at(seconds(90)).then(restartClient("m1", this::poll));

    run(
        () -> {
          member("m1");
          sleep(seconds(200));
        });

    assertThat(assignments("m1")).hasSize(3).last().asString().endsWith("m1'3");
    assertThat(faults.unfired()).isEmpty();
  }

  @Test
  void aGroupRebalancesAgainAndAgainUntilItIsEnough() throws Exception {
    Fault fault =
        faults
            .every(seconds(10), seconds(2))
            .until(seconds(60))
            .named("storm")
            .then(rebalance("g"));

    run(
        () -> {
          member("m1");
          sleep(seconds(100));
        });

    assertThat(fault.name()).isEqualTo("storm");
    assertThat(fault.fired()).isBetween(4L, 7L);
    assertThat(assignments("m1")).hasSize((int) fault.fired() + 1);
  }

  @Test
  void aFencedMemberLosesItsPartitionsAndJoinsAgain() throws Exception {
    faults.at(seconds(10)).then(fenceMember("g", "m1"));

    run(
        () -> {
          member("m1");
          sleep(seconds(30));
        });

    assertThat(assignments("m1")).hasSize(2);
    assertThat(facts)
        .anyMatch(fact -> fact instanceof Fact.Lost lost && lost.reason().equals("fenced"));
  }

  @Test
  void aLeaderMoves() throws Exception {
    run(
        () -> {
          int before = kafka.cluster().leaderOf(ORDERS);
          faults.at(seconds(1)).then(moveLeader(ORDERS, 1 - before));
          sleep(seconds(2));
          assertThat(kafka.cluster().leaderOf(ORDERS)).isEqualTo(1 - before);
        });

    assertThat(faults.unfired()).isEmpty();
  }

  @Test
  void aProcessThatIsCutOffFromALeaderGetsThroughWhenTheCutIsOver() throws Exception {
    run(
        () -> {
          kafka.process("app");
          int leader = kafka.cluster().leaderOf(ORDERS);
          faults.at(seconds(1)).then(partitionNetwork("app", leader, seconds(30)));
          try (Producer<String, String> producer = producer(true)) {
            send(producer, "a").get();
            sleep(seconds(2));
            send(producer, "b").get();
            assertThat(kafka.simulation().nanoTime()).isGreaterThan(seconds(31).toNanos());
          }
        });

    assertThat(faults.unfired()).isEmpty();
  }

  @Test
  void aClockIsPutOutAndStaysSoAfterARestart() throws Exception {
    List<Long> shown = new ArrayList<>();
    faults.at(seconds(1)).then(skewClock("m1", seconds(3_600)));
    faults
        .at(seconds(2))
        .then(restartClient("m1", process -> shown.add(process.runtime().clock().millis())));

    run(
        () -> {
          kafka.process("m1");
          sleep(seconds(3));
          assertThat(kafka.process("other").runtime().clock().millis())
              .isEqualTo(SimClock.START.toEpochMilli() + 3_000);
        });

    assertThat(shown).containsExactly(SimClock.START.toEpochMilli() + 3_602_000);
  }

  @Test
  void whatCannotHappenIsUnfiredAndSaysWhy() throws Exception {
    faults.at(seconds(1)).named("a").then(crashClient("m9"));
    faults.at(seconds(1)).named("b").then(rebalance("nobody"));
    faults.at(seconds(1)).named("c").then(moveLeader(new TopicPartition("orders", 7), 0));
    faults.at(seconds(1)).named("d").then(fenceMember("g", "app"));
    faults.at(seconds(9)).named("e").then(rebalance("g"));

    run(
        () -> {
          kafka.process("app");
          sleep(seconds(2));
        });

    assertThat(faults.unfired())
        .extracting(Fault::toString)
        .containsExactly(
            "a (there was no process m9)",
            "b (group nobody had no members or was rebalancing)",
            "c (there was no partition orders-7)",
            "d (app was no member of group g)",
            "e (its time did not come)");
    assertThat(kafka.processes()).containsExactly("app");
  }

  @Test
  void healingStopsEverything() throws Exception {
    Barrier barrier = faults.barrier();
    Fault held = faults.on(ApiKey.PRODUCE).then(hold(barrier));
    Fault late = faults.at(seconds(10)).then(crashClient("app"));
    Fault storm = faults.every(seconds(1), Duration.ZERO).until(seconds(60)).then(rebalance("g"));
    faults.at(seconds(1)).then(skewClock("app", seconds(5)));

    run(
        () -> {
          try (Producer<String, String> producer = producer(true)) {
            Future<RecordMetadata> first = send(producer, "a");
            barrier.awaitEntered();
            sleep(seconds(2));
            faults.heal();
            faults.heal();
            first.get();
            send(producer, "b").get();
            sleep(seconds(20));
            assertThat(kafka.process("app").runtime().clock().millis())
                .isEqualTo(
                    SimClock.START.toEpochMilli() + kafka.simulation().nanoTime() / 1_000_000);
          }
        });

    assertThat(held.fired()).isPositive();
    assertThat(late.fired()).isZero();
    assertThat(storm.fired()).isZero();
    assertThat(facts).filteredOn(fact -> fact instanceof Fact.Healed).hasSize(1);
    assertThatThrownBy(() -> faults.on(ApiKey.FETCH).then(dropRequest()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("healed");
  }

  @Test
  void plansThatMakeNoSenseAreRefused() {
    faults.on(ApiKey.FETCH).named("x").then(dropRequest());

    assertThatThrownBy(() -> faults.at(seconds(1)).named("x").then(crashClient("m1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two faults with the name x");
    assertThatThrownBy(() -> faults.on(ApiKey.FETCH).once().nth(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Fetch");
    assertThatThrownBy(() -> faults.on(ApiKey.FETCH).group("g"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("a fault on Fetch by group is not modelled");
    assertThatThrownBy(() -> faults.on(ApiKey.FETCH).between(seconds(2), seconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> faults.every(seconds(1), seconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jitter");
    assertThatThrownBy(() -> error(ErrorCode.NONE)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> delay(seconds(-1))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTimeThatIsOverIsRefused() throws Exception {
    run(
        () -> {
          sleep(seconds(2));
          assertThatThrownBy(() -> faults.at(seconds(1)))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("is over");
        });
  }

  @Test
  void aBrokenConnectionIsRefusedAsLongAsClientsAreNotToldOfIt() {
    faults.on(ApiKey.PRODUCE).then(disconnect());

    assertThatThrownBy(
            () ->
                run(
                    () -> {
                      try (Producer<String, String> producer = producer(true)) {
                        send(producer, "a").get();
                      }
                    }))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Verdict.Disconnect is not modelled");
  }
}
