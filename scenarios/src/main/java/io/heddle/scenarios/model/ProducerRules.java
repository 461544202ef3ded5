package io.heddle.scenarios.model;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;

/** What Kafka's producer refuses of settings that do not go together. */
final class ProducerRules {
  private static final String BYTES = "org.apache.kafka.common.serialization.ByteArraySerializer";

  private ProducerRules() {}

  /** {@code field} is what the settings are called in messages. */
  static void check(String field, SortedMap<String, String> settings) {
    Map<String, Object> all = new TreeMap<>(settings);
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
    all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, BYTES);
    all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, BYTES);
    try {
      ProducerConfig config = new ProducerConfig(all);
      long first =
          config.getLong(ProducerConfig.LINGER_MS_CONFIG)
              + config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
      int delivery = config.getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
      Require.that(
          !settings.containsKey(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG) || delivery >= first,
          field
              + ".delivery.timeout.ms must be at least linger.ms + request.timeout.ms ("
              + first
              + "), was "
              + delivery);
    } catch (ConfigException refused) {
      throw new IllegalArgumentException(
          field + " must be settings that go together, but Kafka says: " + refused.getMessage(),
          refused);
    }
  }
}
