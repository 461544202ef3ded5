package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heddle.simulator.SimulatedKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class OrdersTest {
  static final Map<String, Object> WRITE =
      Map.of("key.serializer", StringSerializer.class, "value.serializer", StringSerializer.class);
  static final Map<String, Object> READ =
      Map.of(
          "group.id",
          "billing",
          "auto.offset.reset",
          "earliest",
          "key.deserializer",
          StringDeserializer.class,
          "value.deserializer",
          StringDeserializer.class);

  @Test
  void readsEveryOrderOnce() throws Exception {
    SimulatedKafka kafka = SimulatedKafka.withSeed(7);
    Map<String, Integer> seen = new TreeMap<>();
    kafka.run(
        () -> {
          kafka.createTopic("orders", 3);
          try (Producer<String, String> producer = kafka.producer(WRITE)) {
            for (int i = 0; i < 100; i++) {
              producer.send(new ProducerRecord<>("orders", "key" + i % 10, "order" + i)).get();
            }
          }
          try (Consumer<String, String> consumer = kafka.consumer(READ)) {
            consumer.subscribe(List.of("orders"));
            while (seen.size() < 100) {
              for (ConsumerRecord<String, String> order : consumer.poll(Duration.ofSeconds(1))) {
                seen.merge(order.value(), 1, Integer::sum);
              }
            }
          }
        });
    assertEquals(100, seen.values().stream().mapToInt(Integer::intValue).sum());
  }
}
