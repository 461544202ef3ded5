package io.heddle.simulator.fault;

import static io.heddle.simulator.fault.FaultFixture.ORDERS;
import static io.heddle.simulator.fault.FaultFixture.seconds;
import static io.heddle.simulator.fault.FaultFixture.send;
import static io.heddle.simulator.fault.Faults.applyThenDrop;
import static io.heddle.simulator.fault.Faults.delay;
import static io.heddle.simulator.fault.Faults.disconnect;
import static io.heddle.simulator.fault.Faults.dropRequest;
import static io.heddle.simulator.fault.Faults.duplicate;
import static io.heddle.simulator.fault.Faults.error;
import static io.heddle.simulator.fault.Faults.hold;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.network.Barrier;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

class RequestFaultTest {
  private final FaultFixture fixture = new FaultFixture();
  private final SimulatedKafka kafka = fixture.kafka;
  private final FaultPlan faults = fixture.faults;

  @Test
  void aDuplicateOfAProducerWithoutIdempotenceIsAppendedTwice() throws Exception {
    Fault fault = faults.on(ApiKey.PRODUCE).once().then(duplicate());

    fixture.run(
        () -> {
          try (Producer<String, String> producer = fixture.producer(false)) {
            assertThat(send(producer, "a").get().offset()).isZero();
          }
          assertThat(kafka.cluster().endOffset(ORDERS)).isEqualTo(2);
        });

    assertThat(fault.fired()).isEqualTo(1);
  }

  @Test
  void aDuplicateOfAnIdempotentProducerIsAppendedOnce() throws Exception {
    faults.on(ApiKey.PRODUCE).then(duplicate());

    fixture.run(
        () -> {
          try (Producer<String, String> producer = fixture.producer(true)) {
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

    fixture.run(
        () -> {
          try (Consumer<String, String> consumer = kafka.process("m1").consumer(fixture.group)) {
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
  void whoIsPutOutWhileItAsksToJoinAsksAgainOnceItHasItsAnswer() throws Exception {
    Barrier barrier = faults.barrier();
    List<Long> joins = new ArrayList<>();
    fixture.run(
        () -> {
          kafka.createTopic("returns", 1);
          try (Consumer<String, String> consumer = kafka.process("m1").consumer(fixture.group)) {
            consumer.subscribe(List.of("orders"));
            while (consumer.assignment().isEmpty()) {
              consumer.poll(Duration.ofMillis(100));
            }
            faults.on(ApiKey.HEARTBEAT).once().then(hold(barrier));
            faults
                .on(ApiKey.JOIN_GROUP)
                .when(it -> joins.add(it.atNanos()))
                .nth(100)
                .then(applyThenDrop());
            barrier.awaitEntered();
            assertThat(kafka.cluster().expireMember("g", kafka.process("m1").process().member()))
                .isTrue();
            consumer.subscribe(List.of("orders", "returns"));
            consumer.poll(Duration.ofMillis(50));
            assertThat(joins).hasSize(1);
            barrier.release();
            while (consumer.assignment().size() < 3) {
              consumer.poll(Duration.ofMillis(10));
            }
          }
        });

    // As whom it was, without an id, and with the one that it is told.
    assertThat(joins).hasSize(3);
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

    fixture.run(
        () -> {
          try (Producer<String, String> producer = fixture.producer(true)) {
            send(producer, "a").get();
            send(producer, "b").get();
            fixture.sleep(seconds(10).minusNanos(kafka.simulation().nanoTime()));
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
  void aProducerSendsAgainWhenItsConnectionBreaks() throws Exception {
    Fault broken = faults.on(ApiKey.PRODUCE).nth(1).then(disconnect());

    fixture.run(
        () -> {
          try (Producer<String, String> producer = fixture.producer(true)) {
            assertThat(send(producer, "a").get().offset()).isZero();
            assertThat(send(producer, "b").get().offset()).isEqualTo(1);
          }
        });

    assertThat(broken.fired()).isEqualTo(1);
  }
}
