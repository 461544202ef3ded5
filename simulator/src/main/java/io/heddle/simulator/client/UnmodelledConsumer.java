package io.heddle.simulator.client;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;

/** What of {@code Consumer} the simulator refuses, or what has nobody to go to. */
interface UnmodelledConsumer<K, V> extends Consumer<K, V> {
  @Override
  default void registerMetricForSubscription(KafkaMetric metric) {
    ClientMetrics.subscribe(metric);
  }

  @Override
  default void unregisterMetricFromSubscription(KafkaMetric metric) {
    ClientMetrics.subscribe(metric);
  }

  @Override
  default Uuid clientInstanceId(Duration timeout) {
    throw Refusal.notModelled("Consumer.clientInstanceId");
  }
}
