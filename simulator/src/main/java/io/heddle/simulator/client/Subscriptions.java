package io.heddle.simulator.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What a consumer subscribes to, and the partitions it has. */
final class Subscriptions {
  /** How the partitions came to the consumer. */
  enum Kind {
    NONE,
    TOPICS,
    MANUAL
  }

  private final Map<TopicPartition, PartitionState> assigned = new LinkedHashMap<>();
  private Kind kind = Kind.NONE;
  private Set<String> topics = new TreeSet<>();
  private @Nullable ConsumerRebalanceListener listener;

  void subscribe(Collection<String> names, @Nullable ConsumerRebalanceListener newListener) {
    require(Kind.TOPICS);
    topics = new TreeSet<>(names);
    listener = newListener;
  }

  void assign(Collection<TopicPartition> partitions) {
    require(Kind.MANUAL);
    assigned.keySet().retainAll(new LinkedHashSet<>(partitions));
    partitions.forEach(this::add);
  }

  private void require(Kind wanted) {
    if (kind != Kind.NONE && kind != wanted) {
      throw new IllegalStateException(
          "Subscription to topics, partitions and pattern are mutually exclusive");
    }
    kind = wanted;
  }

  void unsubscribe() {
    kind = Kind.NONE;
    topics = new TreeSet<>();
    assigned.clear();
  }

  Kind kind() {
    return kind;
  }

  Set<String> topics() {
    return topics;
  }

  @Nullable ConsumerRebalanceListener listener() {
    return listener;
  }

  /** Takes exactly these partitions; those that were there keep their state. */
  void replace(Collection<TopicPartition> partitions) {
    Set<TopicPartition> kept = new LinkedHashSet<>(partitions);
    assigned.keySet().retainAll(kept);
    partitions.forEach(this::add);
  }

  private void add(TopicPartition partition) {
    assigned.computeIfAbsent(partition, PartitionState::new);
  }

  @Nullable PartitionState find(TopicPartition partition) {
    return assigned.get(partition);
  }

  /** The state of a partition which the application names. */
  PartitionState require(TopicPartition partition) {
    PartitionState state = assigned.get(partition);
    if (state == null) {
      throw new IllegalStateException("No current assignment for partition " + partition);
    }
    return state;
  }

  Collection<PartitionState> states() {
    return assigned.values();
  }

  /** The partitions in the order of topic and number. */
  List<TopicPartition> partitions() {
    return sorted(assigned.keySet());
  }

  static List<TopicPartition> sorted(Collection<TopicPartition> partitions) {
    List<TopicPartition> sorted = new ArrayList<>(partitions);
    sorted.sort(
        java.util.Comparator.comparing(TopicPartition::topic)
            .thenComparingInt(TopicPartition::partition));
    return sorted;
  }
}
