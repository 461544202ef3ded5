package io.heddle.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.engine.EngineRuntime;
import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.core.SimRuntime;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What members with stores on the simulated Kafka are made of. */
final class SimulatedParts {
  private static final String BYTES = "org.apache.kafka.common.serialization.ByteArray";

  private SimulatedParts() {}

  static EngineRuntime runtime(SimRuntime runtime) {
    return new EngineRuntime(
        runtime.clock(),
        runtime.nanoTime(),
        runtime.threadFactory("engine"),
        runtime.executor("strands", Integer.MAX_VALUE),
        runtime.executor("workers", Integer.MAX_VALUE),
        runtime.locks());
  }

  static Map<String, Object> consumer(String isolation, Map<String, Object> more) {
    Map<String, Object> config = new TreeMap<>(more);
    config.put("isolation.level", isolation);
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", "false");
    config.put("key.deserializer", BYTES + "Deserializer");
    config.put("value.deserializer", BYTES + "Deserializer");
    return config;
  }

  /** Sends values with this key to the topic, one after another, by a producer of their own. */
  static void send(SimulatedKafka kafka, String topic, byte[] key, String... values) {
    try (Producer<byte[], byte[]> producer =
        kafka.producer(
            Map.of(
                "key.serializer", BYTES + "Serializer",
                "value.serializer", BYTES + "Serializer"))) {
      for (String value : values) {
        var unused = producer.send(new ProducerRecord<>(topic, key, value.getBytes(UTF_8)));
        producer.flush();
      }
    }
  }
}
