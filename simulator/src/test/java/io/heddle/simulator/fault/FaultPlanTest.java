package io.heddle.simulator.fault;

import static io.heddle.simulator.fault.FaultFixture.ORDERS;
import static io.heddle.simulator.fault.FaultFixture.seconds;
import static io.heddle.simulator.fault.FaultFixture.send;
import static io.heddle.simulator.fault.Faults.crashClient;
import static io.heddle.simulator.fault.Faults.delay;
import static io.heddle.simulator.fault.Faults.dropRequest;
import static io.heddle.simulator.fault.Faults.error;
import static io.heddle.simulator.fault.Faults.fenceMember;
import static io.heddle.simulator.fault.Faults.hold;
import static io.heddle.simulator.fault.Faults.moveLeader;
import static io.heddle.simulator.fault.Faults.partitionNetwork;
import static io.heddle.simulator.fault.Faults.pauseClient;
import static io.heddle.simulator.fault.Faults.rebalance;
import static io.heddle.simulator.fault.Faults.restartClient;
import static io.heddle.simulator.fault.Faults.skewClock;
import static io.heddle.simulator.fault.Faults.wakeUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.SimulatedKafka;
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
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private final FaultFixture fixture = new FaultFixture();
  private final SimulatedKafka kafka = fixture.kafka;
  private final FaultPlan faults = fixture.faults;
  private final List<Fact> facts = fixture.facts;

  @Test
  void aPausedMemberIsThrownOutAndComesBack() throws Exception {
    Fault pause = faults.at(seconds(20)).then(pauseClient("m1", seconds(60)));

    fixture.run(
        () -> {
          fixture.member("m1");
          fixture.sleep(seconds(100));
        });

    assertThat(pause.fired()).isEqualTo(1);
    assertThat(fixture.assignments("m1")).hasSize(2).element(1).asString().startsWith("8");
    assertThat(facts).anyMatch(fact -> fact instanceof Fact.Lost);
  }

  @Test
  void aCrashedMemberIsRestartedWithItsApplication() throws Exception {
    faults.at(seconds(10)).then(crashClient("m1"));
    faults.at(seconds(20)).then(restartClient("m1", fixture::poll));
    faults.at(seconds(90)).then(restartClient("m1", fixture::poll));

    fixture.run(
        () -> {
          fixture.member("m1");
          fixture.sleep(seconds(200));
        });

    assertThat(fixture.assignments("m1")).hasSize(3).last().asString().endsWith("m1'3");
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

    fixture.run(
        () -> {
          fixture.member("m1");
          fixture.sleep(seconds(100));
        });

    assertThat(fault.name()).isEqualTo("storm");
    assertThat(fault.fired()).isBetween(4L, 7L);
    assertThat(fixture.assignments("m1")).hasSize((int) fault.fired() + 1);
  }

  @Test
  void aFencedMemberLosesItsPartitionsAndJoinsAgain() throws Exception {
    faults.at(seconds(10)).then(fenceMember("g", "m1"));

    fixture.run(
        () -> {
          fixture.member("m1");
          fixture.sleep(seconds(30));
        });

    assertThat(fixture.assignments("m1")).hasSize(2);
    assertThat(facts)
        .anyMatch(fact -> fact instanceof Fact.Lost lost && lost.reason().equals("fenced"));
  }

  @Test
  void aLeaderMoves() throws Exception {
    fixture.run(
        () -> {
          int before = kafka.cluster().leaderOf(ORDERS);
          faults.at(seconds(1)).then(moveLeader(ORDERS, 1 - before));
          fixture.sleep(seconds(2));
          assertThat(kafka.cluster().leaderOf(ORDERS)).isEqualTo(1 - before);
        });

    assertThat(faults.unfired()).isEmpty();
  }

  @Test
  void aProcessThatIsCutOffFromALeaderGetsThroughWhenTheCutIsOver() throws Exception {
    fixture.run(
        () -> {
          kafka.process("app");
          int leader = kafka.cluster().leaderOf(ORDERS);
          faults.at(seconds(1)).then(partitionNetwork("app", leader, seconds(30)));
          try (Producer<String, String> producer = fixture.producer(true)) {
            send(producer, "a").get();
            fixture.sleep(seconds(2));
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

    fixture.run(
        () -> {
          kafka.process("m1");
          fixture.sleep(seconds(3));
          assertThat(kafka.process("other").runtime().clock().millis())
              .isEqualTo(SimClock.START.toEpochMilli() + 3_000);
        });

    assertThat(shown).containsExactly(SimClock.START.toEpochMilli() + 3_602_000);
  }

  @Test
  void aConsumerIsWokenUpInTheMiddleOfACall() throws Exception {
    Fault woken = faults.at(seconds(5)).then(wakeUp("m1"));
    Fault gone = faults.at(seconds(7)).then(wakeUp("m1"));

    fixture.run(
        () -> {
          Map<String, Object> config =
              Map.of(
                  "group.id", "g",
                  "key.deserializer", StringDeserializer.class,
                  "value.deserializer", StringDeserializer.class);
          try (Consumer<String, String> consumer = kafka.process("m1").consumer(config)) {
            consumer.subscribe(List.of("orders"));
            assertThatThrownBy(() -> consumer.poll(seconds(60)))
                .isInstanceOf(WakeupException.class);
            assertThat(kafka.simulation().nanoTime()).isEqualTo(seconds(5).toNanos());
          }
          fixture.sleep(seconds(5));
        });

    assertThat(woken.fired()).isEqualTo(1);
    assertThat(gone).hasToString("wake-up m1 #2 (m1 had no open consumer with a group)");
  }

  @Test
  void whatCannotHappenIsUnfiredAndSaysWhy() throws Exception {
    faults.at(seconds(1)).named("a").then(crashClient("m9"));
    faults.at(seconds(1)).named("b").then(rebalance("nobody"));
    faults.at(seconds(1)).named("c").then(moveLeader(new TopicPartition("orders", 7), 0));
    faults.at(seconds(1)).named("d").then(fenceMember("g", "app"));
    faults.at(seconds(9)).named("e").then(rebalance("g"));

    fixture.run(
        () -> {
          kafka.process("app");
          fixture.sleep(seconds(2));
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

    fixture.run(
        () -> {
          try (Producer<String, String> producer = fixture.producer(true)) {
            Future<RecordMetadata> first = send(producer, "a");
            barrier.awaitEntered();
            fixture.sleep(seconds(2));
            faults.heal();
            faults.heal();
            first.get();
            send(producer, "b").get();
            fixture.sleep(seconds(20));
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
    fixture.run(
        () -> {
          fixture.sleep(seconds(2));
          assertThatThrownBy(() -> faults.at(seconds(1)))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("is over");
        });
  }

  @Test
  void inRealTimeWhatIsDueAlreadyHappensAtOnce() throws Exception {
    SimulatedKafka slow = SimulatedKafka.builder(1).inRealTime().build();
    FaultPlan plan = FaultPlan.of(slow);

    Fault past =
        slow.run(
            () -> {
              TimedAction dueAtOnce = new TimedAction("nothing", each -> TimedAction.DONE);
              Fault late = plan.at(Duration.ZERO).then(dueAtOnce);
              while (late.fired() == 0) {
                slow.simulation().sleep(1_000_000);
              }
              return late;
            });

    assertThat(past.fired()).isEqualTo(1);
  }
}
