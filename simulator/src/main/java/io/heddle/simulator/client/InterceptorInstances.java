package io.heddle.simulator.client;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the interceptors that a client is configured with. Refused is one that wants to be told of
 * the cluster's id.
 */
final class InterceptorInstances {
  private static final Logger LOG = LoggerFactory.getLogger(InterceptorInstances.class);
  private static final String CLASSES = "interceptor.classes";

  private InterceptorInstances() {}

  /**
   * Makes and configures them, in their order; they are told the client's id, be it given or not.
   *
   * @param client whose they are, as kafka-clients calls it
   * @throws KafkaException as kafka-clients' constructors do, if one cannot be made
   */
  static <T extends AutoCloseable> List<T> of(AbstractConfig config, Class<T> type, String client) {
    List<T> made = make(config, type, client);
    if (made.stream().anyMatch(ClusterResourceListener.class::isInstance)) {
      made.forEach(InterceptorInstances::close);
      throw type == ConsumerInterceptor.class
          ? Refusal.notModelled("Consumer.interceptor.classes that are ClusterResourceListeners")
          : Refusal.notModelled("Producer.interceptor.classes that are ClusterResourceListeners");
    }
    return made;
  }

  private static void close(AutoCloseable interceptor) {
    try {
      interceptor.close();
    } catch (Exception thrown) {
      LOG.error("Failed to close an interceptor", thrown);
    }
  }

  private static <T> List<T> make(AbstractConfig config, Class<T> type, String client) {
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
