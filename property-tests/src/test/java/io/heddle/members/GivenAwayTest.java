package io.heddle.members;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.broker.ConsumerGroupSettings;
import io.heddle.simulator.broker.GroupSettings;
import io.heddle.simulator.check.Checks;
import io.heddle.simulator.check.Invariant;
import io.heddle.simulator.fault.FaultPlan;
import io.heddle.simulator.fault.Faults;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * A member of the consumer protocol whose partition is given to another while its listener still
 * hears of the assignment: until that has returned, kafka-clients does not name the partition as
 * owned, and a heartbeat that tells everything anew says so.
 */
class GivenAwayTest {
  private static final String TOPIC = "orders";
  private static final int PARTITIONS = 2;

  private final SimulatedKafka kafka =
      SimulatedKafka.builder(7)
          .cluster(
              ClusterSettings.defaults()
                  .withGroups(
                      GroupSettings.defaults()
                          .withInitialRebalanceDelayMs(0)
                          .withConsumer(
                              ConsumerGroupSettings.defaults().withSession(30_000, 1_000))))
          .build();
  private final Checks checks = Checks.of(EnumSet.of(Invariant.OWNER_COMMIT));

  @Test
  void whatItDoesOfItsFormerPartitionIsNotCommitted() throws Exception {
    kafka.listen(checks::accept);
    List<String> outputs = new ArrayList<>();
    kafka.run(
        () -> {
          kafka.createTopic(TOPIC, PARTITIONS);
          kafka.createTopic(HeldMember.OUTPUT, 1);
          send();
          HeldMember first = new HeldMember(kafka.process("m1"), TOPIC, true);
          // In the midst of the assignment, when it knows from where to read each partition.
          first.hold("position", 1);
          first.start();
          await(first::isHeld);

          FaultPlan faults = FaultPlan.of(kafka);
          faults
              .on(ApiKey.CONSUMER_GROUP_HEARTBEAT)
              .from("m1")
              .nth(1)
              .then(Faults.error(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS));
          HeldMember second = new HeldMember(kafka.process("m2"), TOPIC, true);
          second.start();
          await(() -> second.handled.size() == 1);
          // It is not asked for the partition for a while, and goes on with both.
          faults
              .on(ApiKey.CONSUMER_GROUP_HEARTBEAT)
              .from("m1")
              .nth(1)
              .then(Faults.delay(Duration.ofSeconds(5)));
          sleep(Duration.ofMillis(1_500));
          first.letGo();
          send();
          await(() -> first.handled.containsAll(List.of("0@0", "1@0")));

          sleep(Duration.ofSeconds(20));
          assertThat(first.source().failure()).isEmpty();
          var unused = first.source().stop();
          unused = second.source().stop();
          sleep(Duration.ofSeconds(1));
          outputs.addAll(outputs());
        });

    assertThat(checks.violations()).isEmpty();
    assertThat(outputs).containsExactlyInAnyOrder("0@0", "1@0", "0@1", "1@1");
  }

  private void send() {
    String serializer = "org.apache.kafka.common.serialization.ByteArraySerializer";
    try (Producer<byte[], byte[]> producer =
        kafka.producer(Map.of("key.serializer", serializer, "value.serializer", serializer))) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        byte[] any = {1};
        var unused = producer.send(new ProducerRecord<>(TOPIC, partition, any, any));
      }
      producer.flush();
    }
  }

  private List<String> outputs() {
    String deserializer = "org.apache.kafka.common.serialization.ByteArrayDeserializer";
    List<String> places = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer =
        kafka.consumer(
            Map.of(
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "key.deserializer",
                deserializer,
                "value.deserializer",
                deserializer))) {
      consumer.assign(List.of(new TopicPartition(HeldMember.OUTPUT, 0)));
      ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(5));
      records.forEach(record -> places.add(new String(record.value(), UTF_8)));
    }
    return places;
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
