package io.heddle.simulator.client;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;

/** Makes the interceptors that a client is configured with. */
final class InterceptorInstances {
  private static final String CLASSES = "interceptor.classes";

  private InterceptorInstances() {}

  /**
   * Makes and configures them, in their order; they are told the client's id, be it given or not.
   *
   * @param client whose they are, as kafka-clients calls it
   * @throws KafkaException as kafka-clients' constructors do, if one cannot be made
   */
  static <T> List<T> of(AbstractConfig config, Class<T> type, String client) {
    try {
      return config.getConfiguredInstances(
          CLASSES,
          type,
          Map.of(
              CommonClientConfigs.CLIENT_ID_CONFIG,
              config.getString(CommonClientConfigs.CLIENT_ID_CONFIG)));
    } catch (RuntimeException failed) {
      throw new KafkaException("Failed to construct kafka " + client, failed);
    }
  }
}
