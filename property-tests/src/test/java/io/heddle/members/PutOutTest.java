package io.heddle.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.broker.ConsumerGroupSettings;
import io.heddle.simulator.broker.GroupSettings;
import io.heddle.simulator.check.Checks;
import io.heddle.simulator.check.Invariant;
import io.heddle.simulator.fault.FaultPlan;
import io.heddle.simulator.fault.Faults;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * A member of the consumer protocol that its group puts out while its application does not poll.
 */
class PutOutTest {
  private static final String TOPIC = "orders";
  private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
  private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);

  private final SimulatedKafka kafka =
      SimulatedKafka.builder(5)
          .cluster(
              ClusterSettings.defaults()
                  .withGroups(
                      GroupSettings.defaults()
                          .withInitialRebalanceDelayMs(0)
                          .withConsumer(
                              ConsumerGroupSettings.defaults().withSession(10_000, 1_000))))
          .build();
  private final Checks checks =
      Checks.of(EnumSet.of(Invariant.OWNER_COMMIT, Invariant.COMMIT_PREFIX));

  @Test
  void losesAlsoWhatItHearsOfOnlyWhenItPollsAgain() throws Exception {
    kafka.listen(checks::accept);
    kafka.run(
        () -> {
          kafka.createTopic(TOPIC, 2);
          HeldMember first = member("m1");
          HeldMember second = member("m2");
          await(() -> owns(first) == 1 && owns(second) == 1);

          // What the second had is assigned to the first, and that waits for its poll.
          first.hold("poll", 0);
          await(first::isHeld);
          var unused = second.source().stop();
          sleep(Duration.ofSeconds(3));
          FaultPlan.of(kafka)
              .at(Duration.ofNanos(kafka.simulation().nanoTime()))
              .then(Faults.fenceMember(HeldMember.GROUP, "m1"));
          sleep(Duration.ofSeconds(3));
          assertThat(owns(first)).isEqualTo(1);
          first.letGo();

          await(() -> owns(first) == 2);
          send(FIRST);
          send(SECOND);
          await(() -> first.handled.size() == 2);
          assertThat(first.source().failure()).isEmpty();
          unused = first.source().stop();
          sleep(Duration.ofSeconds(1));
        });

    assertThat(checks.violations()).isEmpty();
  }

  private HeldMember member(String name) {
    HeldMember member = new HeldMember(kafka.process(name), TOPIC, false);
    member.start();
    return member;
  }

  private static int owns(HeldMember member) {
    return member.source().statistics().assignedPartitions();
  }

  private void send(TopicPartition partition) {
    String serializer = "org.apache.kafka.common.serialization.ByteArraySerializer";
    try (Producer<byte[], byte[]> producer =
        kafka.producer(Map.of("key.serializer", serializer, "value.serializer", serializer))) {
      byte[] any = {1};
      var unused = producer.send(new ProducerRecord<>(TOPIC, partition.partition(), any, any));
      producer.flush();
    }
  }

  private void sleep(Duration time) {
    kafka.simulation().sleep(time.toNanos());
  }

  private void await(BooleanSupplier goal) {
    for (int looks = 0; !goal.getAsBoolean(); looks++) {
      if (looks == 2_000) {
        throw new AssertionError("it does not come to that");
      }
      sleep(Duration.ofMillis(20));
    }
  }
}
