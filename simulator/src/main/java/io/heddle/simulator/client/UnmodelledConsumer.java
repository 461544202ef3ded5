package io.heddle.simulator.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;

/** What of {@code Consumer} the simulator refuses, or what has nobody to go to. */
interface UnmodelledConsumer<K, V> extends Consumer<K, V> {
  @Override
  default Map<String, List<PartitionInfo>> listTopics() {
    throw Refusal.notModelled("Consumer.listTopics");
  }

  @Override
  default Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
    throw Refusal.notModelled("Consumer.listTopics");
  }

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
