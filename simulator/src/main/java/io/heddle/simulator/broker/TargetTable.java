package io.heddle.simulator.broker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/** What a member is to own, while an assignor works on it: Kafka's copy of what it was to own. */
final class TargetTable {
  private final HashTable<Uuid> topics;
  private final Map<Uuid, HashTable<Integer>> partitions = new LinkedHashMap<>();

  private TargetTable(HashTable<Uuid> topics) {
    this.topics = topics;
  }

  static TargetTable copyOf(Map<Uuid, Set<Integer>> target) {
    TargetTable copy = new TargetTable(HashTable.withCapacity(target.size()));
    for (Uuid topic : topicsOf(target)) {
      copy.topics.put(topic);
      copy.partitions.put(topic, HashTable.copyOf(partitionsOf(target, topic)));
    }
    return copy;
  }

  /** The topics of a target as it was written down, in the order in which Kafka walks them. */
  static List<Uuid> topicsOf(Map<Uuid, Set<Integer>> target) {
    return HashOrder.grown(target.keySet());
  }

  /** The topic's partitions, likewise. */
  static List<Integer> partitionsOf(Map<Uuid, Set<Integer>> target, Uuid topic) {
    List<Integer> written = new ArrayList<>(target.getOrDefault(topic, Set.of()));
    return HashOrder.copied(written, written.size());
  }

  void remove(Uuid topic) {
    topics.remove(topic);
    partitions.remove(topic);
  }

  void remove(Uuid topic, int partition) {
    HashTable<Integer> left = partitions.get(topic);
    if (left != null) {
      left.remove(partition);
      if (left.size() == 0) {
        remove(topic);
      }
    }
  }

  /**
   * Adds a partition.
   *
   * @param none the table for a topic's partitions if it has none of it yet
   */
  void add(Uuid topic, int partition, HashTable<Integer> none) {
    topics.compute(topic);
    partitions.computeIfAbsent(topic, it -> none).put(partition);
  }

  /** The target as Kafka writes it down. */
  Map<Uuid, Set<Integer>> written() {
    Map<Uuid, Set<Integer>> written = new LinkedHashMap<>();
    for (Uuid topic : topics.inOrder()) {
      HashTable<Integer> numbers = partitions.get(topic);
      if (numbers == null) {
        throw new IllegalStateException("no partitions of " + topic);
      }
      written.put(topic, new LinkedHashSet<>(numbers.inOrder()));
    }
    return written;
  }
}
