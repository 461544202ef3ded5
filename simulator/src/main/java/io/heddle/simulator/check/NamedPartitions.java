package io.heddle.simulator.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One object for each partition, whichever thread names it: checkers find things faster by what
 * they have seen before. Thread-safe; of two threads that name one for the first time each may get
 * an object of its own.
 */
final class NamedPartitions {
  /** Of higher partitions, and of further topics, each is an object of its own. */
  private static final int MOST = 10_000;

  private static final int MOST_TOPICS = 100;

  // Replaced as a whole.
  private volatile Map<String, @Nullable TopicPartition[]> topics = Map.of();

  TopicPartition of(String topic, int partition) {
    Map<String, @Nullable TopicPartition[]> known = topics;
    @Nullable TopicPartition[] partitions = known.get(topic);
    if (partitions != null && partition < partitions.length && partitions[partition] != null) {
      return partitions[partition];
    }
    TopicPartition named = new TopicPartition(topic, partition);
    if (partition < MOST && (partitions != null || known.size() < MOST_TOPICS)) {
      int length = partitions == null ? 0 : partitions.length;
      @Nullable TopicPartition[] more =
          partitions == null
              ? new TopicPartition[partition + 1]
              : Arrays.copyOf(partitions, Math.max(length, partition + 1));
      more[partition] = named;
      // looked up only
      Map<String, @Nullable TopicPartition[]> learned = new HashMap<>(known);
      learned.put(topic, more);
      topics = learned;
    }
    return named;
  }
}
