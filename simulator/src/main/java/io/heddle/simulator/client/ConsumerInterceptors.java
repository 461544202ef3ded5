package io.heddle.simulator.client;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.AbstractConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer's {@code interceptor.classes}, called one after the other on the thread that uses the
 * consumer, as by kafka-clients' class of this name: what one of them throws is logged, and the
 * next goes on with what came before.
 *
 * <p>Nobody is given metrics.
 */
final class ConsumerInterceptors<K, V> {
  private static final Logger LOG = LoggerFactory.getLogger(ConsumerInterceptors.class);

  private final List<ConsumerInterceptor<K, V>> chain;

  private ConsumerInterceptors(List<ConsumerInterceptor<K, V>> chain) {
    this.chain = chain;
  }

  /**
   * Makes those that are configured.
   *
   * @throws org.apache.kafka.common.KafkaException if one cannot be made
   */
  @SuppressWarnings("unchecked")
  static <K, V> ConsumerInterceptors<K, V> of(AbstractConfig config) {
    return new ConsumerInterceptors<>(
        (List<ConsumerInterceptor<K, V>>)
            (List<?>) InterceptorInstances.of(config, ConsumerInterceptor.class, "consumer"));
  }

  /** Those that want to be told of the cluster's id. */
  ClusterListeners listeners() {
    return new ClusterListeners().add(chain);
  }

  boolean isEmpty() {
    return chain.isEmpty();
  }

  /** What the application is given in place of these records. */
  ConsumerRecords<K, V> onConsume(ConsumerRecords<K, V> records) {
    ConsumerRecords<K, V> last = records;
    for (ConsumerInterceptor<K, V> each : chain) {
      try {
        last = each.onConsume(last);
      } catch (Exception thrown) {
        LOG.warn("Error executing interceptor onConsume callback", thrown);
      }
    }
    return last;
  }

  /**
   * Offsets have been committed.
   *
   * @param offsets null if a member of the consumer protocol was asked to commit nothing
   */
  // That null is Kafka's, whose interface has no annotations.
  @SuppressWarnings("NullAway")
  void onCommit(@Nullable Map<TopicPartition, OffsetAndMetadata> offsets) {
    for (ConsumerInterceptor<K, V> each : chain) {
      try {
        each.onCommit(offsets);
      } catch (Exception thrown) {
        LOG.warn("Error executing interceptor onCommit callback", thrown);
      }
    }
  }

  void close() {
    for (ConsumerInterceptor<K, V> each : chain) {
      try {
        each.close();
      } catch (Exception thrown) {
        LOG.error("Failed to close consumer interceptor", thrown);
      }
    }
  }
}
