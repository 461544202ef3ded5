package io.heddle.contract;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Kafka's own consumers, for tests that compare. */
public final class RealConsumers {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private RealConsumers() {}

  /**
   * Makes a consumer; one of the consumer protocol has heard from a broker when it comes.
   *
   * <p>Such a one asks for metadata as soon as it exists. If it subscribes while that request is
   * under way, the next one waits for the retry back-off, its group assigns it partitions of a
   * topic that it cannot name yet, and its listener hears of an assignment of nothing first: in 38
   * of 250 tries where 5 ms lay between, in 1 of 250 after a request of the consumer's had been
   * answered.
   */
  public static <K, V> Consumer<K, V> connected(Map<String, Object> properties) {
    Consumer<K, V> consumer = new KafkaConsumer<>(properties);
    if ("consumer".equalsIgnoreCase(String.valueOf(properties.get("group.protocol")))) {
      consumer.listTopics(PATIENCE);
    }
    return consumer;
  }
}
