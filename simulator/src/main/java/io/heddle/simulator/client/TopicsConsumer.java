package io.heddle.simulator.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;

/** The part of {@code Consumer} that is about topics, whether they are read or not. */
interface TopicsConsumer<K, V> extends Consumer<K, V> {
  TopicCalls topics();

  @Override
  default List<PartitionInfo> partitionsFor(String topic) {
    return topics().partitionsFor(topic, null);
  }

  @Override
  default List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
    return topics().partitionsFor(topic, timeout);
  }

  @Override
  default Map<String, List<PartitionInfo>> listTopics() {
    return topics().list(null);
  }

  @Override
  default Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
    return topics().list(timeout);
  }
}
