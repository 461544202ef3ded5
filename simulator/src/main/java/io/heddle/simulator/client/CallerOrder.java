package io.heddle.simulator.client;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts what an application hands in as a set or map into an order of its own: that of {@code
 * Map.of} and {@code Set.of} differs from one JVM to the next, and requests go out in it.
 */
final class CallerOrder {
  private static final Comparator<TopicPartition> PARTITIONS =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private CallerOrder() {}

  /** A list as it is, anything else by name. */
  static <T> List<T> of(Collection<T> items, Function<? super T, String> name) {
    if (items instanceof List<T> list) {
      return list;
    }
    return items.stream()
        .sorted(Comparator.comparing(name, Comparator.nullsFirst(Comparator.naturalOrder())))
        .toList();
  }

  static <V> Map<String, V> byName(Map<String, V> entries) {
    return new TreeMap<>(entries);
  }

  static <V> Map<TopicPartition, V> byPartition(Map<TopicPartition, V> entries) {
    Map<TopicPartition, V> ordered = new TreeMap<>(PARTITIONS);
    ordered.putAll(entries);
    return ordered;
  }
}
