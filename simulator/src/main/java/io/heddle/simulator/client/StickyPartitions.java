package io.heddle.simulator.client;

import io.heddle.simulator.choice.Choices;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The partition to which a topic's keyless records go until a new batch begins (KIP-794, roughly).
 */
final class StickyPartitions {
  private final Choices.Stream choices;
  // Only looked up, never iterated over.
  private final Map<String, Integer> current = new HashMap<>();

  StickyPartitions(Choices choices) {
    this.choices = choices.stream("producer.sticky");
  }

  int partition(String topic, int count) {
    Integer partition = current.get(topic);
    if (partition == null || partition >= count) {
      partition = (int) choices.below(count);
      current.put(topic, partition);
    }
    return partition;
  }

  /** The partition's last batch was full: the next keyless record may go elsewhere. */
  void newBatch(TopicPartition partition) {
    current.remove(partition.topic(), partition.partition());
  }
}
