package io.heddle.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * A producer's partitioner that has topics of its own: each may have another partitioner, given as
 * the map {@link #TOPICS} of the producer's configuration. For all others the partition is made of
 * the key's bytes, as Kafka's own default does (murmur2), so that a key stays where other producers
 * put it; records without a key go round. A record that names its partition keeps it: producers ask
 * no partitioner then. Thread-safe.
 */
public final class OptionalPartitioner implements Partitioner {
  /** The setting with the partitioners of topics: a {@code Map<String, Partitioner>}. */
  public static final String TOPICS = "heddle.partitioner.topics";

  private final Map<String, Partitioner> byTopic = new LinkedHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();

  @Override
  public void configure(Map<String, ?> configs) {
    Object topics = configs.get(TOPICS);
    if (topics == null) {
      return;
    }
    if (!(topics instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(
          "%s must be a map of topics to partitioners, was %s"
              .formatted(TOPICS, topics.getClass().getName()));
    }
    map.forEach(
        (topic, partitioner) -> {
          if (!(topic instanceof String name) || !(partitioner instanceof Partitioner found)) {
            throw new IllegalArgumentException(
                "%s must be a map of topics to partitioners, had %s=%s"
                    .formatted(TOPICS, topic, partitioner));
          }
          byTopic.put(name, found);
        });
  }

  @Override
  public int partition(
      String topic,
      @Nullable Object key,
      byte @Nullable [] keyBytes,
      @Nullable Object value,
      byte @Nullable [] valueBytes,
      Cluster cluster) {
    Partitioner own = byTopic.get(topic);
    if (own != null) {
      return own.partition(topic, key, keyBytes, value, valueBytes, cluster);
    }
    int partitions = cluster.partitionsForTopic(topic).size();
    if (partitions == 0) {
      throw new IllegalStateException("topic '%s' has no partitions".formatted(topic));
    }
    return keyBytes == null
        ? Math.floorMod(turn.getAndIncrement(), partitions)
        : partitionOf(keyBytes, partitions);
  }

  /** The partition of a key, of so many, as Kafka's default partitioner has it. */
  public static int partitionOf(byte[] key, int partitions) {
    return (murmur2(key) & Integer.MAX_VALUE) % partitions;
  }

  @Override
  public void close() {
    byTopic.values().forEach(Partitioner::close);
  }

  /** MurmurHash2 with 32 bits and Kafka's seed (Austin Appleby, public domain). */
  private static int murmur2(byte[] data) {
    int mixer = 0x5bd1e995;
    int hash = 0x9747b28c ^ data.length;
    int at = 0;
    while (data.length - at >= 4) {
      int word = word(data, at, 4) * mixer;
      word = (word ^ (word >>> 24)) * mixer;
      hash = (hash * mixer) ^ word;
      at += 4;
    }
    if (at < data.length) {
      hash = (hash ^ word(data, at, data.length - at)) * mixer;
    }
    hash = (hash ^ (hash >>> 13)) * mixer;
    return hash ^ (hash >>> 15);
  }

  /** Up to four bytes, the lowest first. */
  private static int word(byte[] data, int from, int count) {
    int word = 0;
    for (int i = count - 1; i >= 0; i--) {
      word = (word << 8) | (data[from + i] & 0xff);
    }
    return word;
  }
}
