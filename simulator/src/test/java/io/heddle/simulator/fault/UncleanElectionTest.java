package io.heddle.simulator.fault;

import static io.heddle.simulator.fault.BrokerFaults.truncate;
import static io.heddle.simulator.fault.FaultFixture.ORDERS;
import static io.heddle.simulator.fault.FaultFixture.seconds;
import static io.heddle.simulator.fault.FaultFixture.send;
import static io.heddle.simulator.fault.Faults.delay;
import static io.heddle.simulator.fault.Faults.moveLeader;
import static io.heddle.simulator.fault.Faults.rebalance;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.network.Latency;
import io.heddle.simulator.protocol.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

/** A consumer whose log loses its end while it cannot ask, or is being answered, about that. */
class UncleanElectionTest {
  private static void write(FaultFixture fixture, int from, int to) throws Exception {
    try (Producer<String, String> producer = fixture.producer(true)) {
      for (int i = from; i < to; i++) {
        send(producer, "v" + i).get();
      }
    }
  }

  private static List<String> read(
      FaultFixture fixture, Consumer<String, String> consumer, Duration time) {
    List<String> values = new ArrayList<>();
    long end = fixture.kafka.simulation().nanoTime() + time.toNanos();
    while (fixture.kafka.simulation().nanoTime() < end) {
      consumer.poll(Duration.ofMillis(50)).forEach(each -> values.add(each.value()));
    }
    return values;
  }

  private static List<Long> sought(FaultFixture fixture) {
    return fixture.facts.stream()
        .filter(fact -> fact instanceof Fact.Sought)
        .map(fact -> ((Fact.Sought) fact).offset())
        .toList();
  }

  @Test
  void aMemberThatIsJoiningReadsOnFromTheLeaderThatItHadAsked() throws Exception {
    FaultFixture fixture = new FaultFixture();
    FaultPlan faults = fixture.faults;
    Map<String, Object> cooperative = new HashMap<>(fixture.group);
    cooperative.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    fixture.run(
        () -> {
          write(fixture, 0, 5);
          try (Consumer<String, String> member = fixture.kafka.consumer(cooperative)) {
            member.subscribe(List.of("orders"));
            assertThat(read(fixture, member, seconds(5))).hasSize(5);
            // It keeps its partitions while it joins, but looks at no position.
            faults.on(ApiKey.JOIN_GROUP).nth(1).then(delay(seconds(10)));
            faults.at(seconds(8)).then(rebalance("g"));
            faults.at(seconds(12)).then(truncate(ORDERS, 3));
            assertThat(read(fixture, member, seconds(8))).isEmpty();
            write(fixture, 5, 9);

            assertThat(read(fixture, member, seconds(12))).containsExactly("v5", "v6", "v7", "v8");
          }
        });
    assertThat(faults.unfired()).isEmpty();
    assertThat(sought(fixture)).containsExactly(3L);
  }

  @Test
  void whatALeaderSaysThatIsNoneAnyMoreIsNotListenedTo() throws Exception {
    AtomicBoolean late = new AtomicBoolean();
    FaultFixture fixture =
        FaultFixture.withLatency(
            5,
            Latency.constant(Duration.ofMillis(1)),
            choices -> (late.getAndSet(false) ? seconds(4) : Duration.ofMillis(1)).toNanos());
    FaultPlan faults = fixture.faults;
    fixture.run(
        () -> {
          write(fixture, 0, 9);
          Map<String, Object> alone = new HashMap<>(fixture.group);
          alone.remove("group.id");
          alone.put("metadata.max.age.ms", 450);
          try (Consumer<String, String> consumer = fixture.kafka.consumer(alone)) {
            consumer.assign(List.of(ORDERS));
            assertThat(read(fixture, consumer, seconds(5))).hasSize(9);
            faults
                .on(ApiKey.OFFSET_FOR_LEADER_EPOCH)
                .once()
                .then(
                    new TimedAction(
                        "answer late",
                        kafka -> {
                          late.set(true);
                          return TimedAction.DONE;
                        }));
            faults.at(seconds(8)).then(truncate(ORDERS, 6));
            // Before the next look at the cluster, of which another broker is asked.
            faults.at(Duration.ofMillis(8_300)).then(truncate(ORDERS, 2));
            faults.at(Duration.ofMillis(8_300)).then(moveLeader(ORDERS, 1));
            faults.on(ApiKey.OFFSET_FOR_LEADER_EPOCH).once().then(delay(seconds(5)));
            assertThat(read(fixture, consumer, seconds(15))).isEmpty();
          }
        });
    assertThat(faults.unfired()).isEmpty();
    assertThat(sought(fixture)).containsExactly(2L);
  }
}
