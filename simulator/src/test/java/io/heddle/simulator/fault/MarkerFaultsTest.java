package io.heddle.simulator.fault;

import static io.heddle.simulator.fault.BrokerFaults.delayMarkers;
import static io.heddle.simulator.fault.BrokerFaults.hangMarkers;
import static io.heddle.simulator.fault.FaultFixture.ORDERS;
import static io.heddle.simulator.fault.FaultFixture.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.SimulatedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class MarkerFaultsTest {
  private final FaultFixture fixture = new FaultFixture();
  private final SimulatedKafka kafka = fixture.kafka;
  private final FaultPlan faults = fixture.faults;

  private List<String> read(Consumer<String, String> consumer, Duration time) {
    List<String> values = new ArrayList<>();
    long end = kafka.simulation().nanoTime() + time.toNanos();
    while (kafka.simulation().nanoTime() < end) {
      consumer.poll(Duration.ofMillis(50)).forEach(each -> values.add(each.value()));
    }
    return values;
  }

  @Test
  void aReaderOfCommittedRecordsWaitsForMarkersThatAreLateOrHang() throws Exception {
    faults.at(Duration.ofMillis(1)).then(delayMarkers(seconds(5), seconds(2)));
    faults.at(seconds(20)).then(hangMarkers(ORDERS, seconds(30)));
    fixture.run(
        () -> {
          fixture.sleep(Duration.ofMillis(2));
          Map<String, Object> properties = new HashMap<>(fixture.group);
          properties.remove("group.id");
          properties.put("isolation.level", "read_committed");
          try (Producer<String, String> producer =
                  kafka.producer(
                      Map.of(
                          "key.serializer", StringSerializer.class,
                          "value.serializer", StringSerializer.class,
                          "transactional.id", "t"));
              Consumer<String, String> consumer = kafka.consumer(properties)) {
            consumer.assign(List.of(ORDERS));
            producer.initTransactions();
            commit(producer, "late");
            assertThat(read(consumer, seconds(3))).isEmpty();
            assertThat(read(consumer, seconds(4))).containsExactly("late");
            fixture.sleep(seconds(15));
            commit(producer, "hung");
            assertThat(read(consumer, seconds(20))).isEmpty();
            assertThat(read(consumer, seconds(15))).containsExactly("hung");
          }
        });
    assertThat(faults.unfired()).isEmpty();
  }

  private static void commit(Producer<String, String> producer, String value) throws Exception {
    producer.beginTransaction();
    producer.send(new ProducerRecord<>("orders", 0, "k", value)).get();
    producer.commitTransaction();
  }
}
