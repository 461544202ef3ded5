package io.heddle.simulator.client;

import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer's {@code interceptor.classes}, called one after the other as by kafka-clients' class
 * of this name: what one of them throws is logged, and the next goes on with what came before.
 *
 * <p>Nobody is given metrics. With kafka-clients older than 4.1, whose interceptors are told no
 * headers, none can be used.
 */
final class ProducerInterceptors<K, V> {
  private static final Logger LOG = LoggerFactory.getLogger(ProducerInterceptors.class);

  private final List<ProducerInterceptor<K, V>> chain;

  private ProducerInterceptors(List<ProducerInterceptor<K, V>> chain) {
    this.chain = chain;
  }

  /**
   * Makes those that are configured.
   *
   * @throws org.apache.kafka.common.KafkaException if one cannot be made
   */
  @SuppressWarnings("unchecked")
  static <K, V> ProducerInterceptors<K, V> of(AbstractConfig config) {
    return new ProducerInterceptors<>(
        (List<ProducerInterceptor<K, V>>)
            (List<?>) InterceptorInstances.of(config, ProducerInterceptor.class, "producer"));
  }

  /** Those that want to be told of the cluster's id. */
  ClusterListeners listeners() {
    return new ClusterListeners().add(chain);
  }

  /** The record to send in place of this one; called on the thread that sends. */
  ProducerRecord<K, V> onSend(ProducerRecord<K, V> record) {
    ProducerRecord<K, V> last = record;
    for (ProducerInterceptor<K, V> each : chain) {
      try {
        last = each.onSend(last);
      } catch (Exception thrown) {
        LOG.warn(
            "Error executing interceptor onSend callback for topic: {}, partition: {}",
            record.topic(),
            record.partition(),
            thrown);
      }
    }
    return last;
  }

  /** Who is told of the record's outcome: the interceptors, then the callback if there is one. */
  @Nullable Callback before(@Nullable Callback callback, ProducerRecord<K, V> record) {
    if (chain.isEmpty()) {
      return callback;
    }
    Headers headers = new ReadOnlyHeaders(record.headers());
    return (metadata, failure) -> {
      acknowledged(metadata, failure, headers);
      if (callback != null) {
        callback.onCompletion(metadata, failure);
      }
    };
  }

  /**
   * The record was not sent; called on the thread that wanted to.
   *
   * @param record null if an interceptor has made that of it
   * @param target where it was to go, as far as that was known; null without a record
   */
  void onSendError(
      @Nullable ProducerRecord<K, V> record, @Nullable TopicPartition target, Exception failure) {
    if (chain.isEmpty()) {
      return;
    }
    // A copy, since the application may change its record's and send it again.
    Headers headers =
        new ReadOnlyHeaders(
            new ProducerRecord<byte[], byte[]>(
                    "headers",
                    null,
                    null,
                    new byte[0],
                    record == null ? List.of() : record.headers())
                .headers());
    acknowledged(target == null ? null : nowhere(target), failure, headers);
  }

  /** What is told of a record that is in no log. */
  static RecordMetadata nowhere(@Nullable TopicPartition target) {
    return new RecordMetadata(target, -1, -1, -1, -1, -1);
  }

  /** Where the record is to go, as far as it says so itself; null without a record. */
  static @Nullable TopicPartition target(@Nullable ProducerRecord<?, ?> record) {
    return record == null
        ? null
        : new TopicPartition(
            record.topic(),
            Objects.requireNonNullElse(record.partition(), RecordMetadata.UNKNOWN_PARTITION));
  }

  // Kafka's interface has no annotations: either of the first two may be null.
  @SuppressWarnings("NullAway")
  private void acknowledged(
      @Nullable RecordMetadata metadata, @Nullable Exception failure, Headers headers) {
    for (ProducerInterceptor<K, V> each : chain) {
      try {
        each.onAcknowledgement(metadata, failure, headers);
      } catch (Exception thrown) {
        LOG.warn("Error executing interceptor onAcknowledgement callback", thrown);
      }
    }
  }

  void close() {
    for (ProducerInterceptor<K, V> each : chain) {
      try {
        each.close();
      } catch (Exception thrown) {
        LOG.error("Failed to close producer interceptor", thrown);
      }
    }
  }
}
