package io.heddle.simulator.broker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The order in which Kafka's hash tables give their keys, worked out rather than left to a hash
 * table: where Kafka takes the first of several equals from one, or its server-side assignors walk
 * one, it is this one and no other.
 */
final class HashOrder {
  private static final int DEFAULT_CAPACITY = 16;
  private static final long FIBONACCI = -7046029254386353131L;

  private HashOrder() {}

  /** As a {@code java.util.HashMap} has them that has grown from its default capacity. */
  static <K> List<K> grown(Collection<K> keys) {
    int capacity = DEFAULT_CAPACITY;
    while (keys.size() > capacity * 3 / 4) {
      capacity *= 2;
    }
    return sorted(keys, slots(capacity));
  }

  /** As a {@code java.util.HashSet} has them that was made of a collection of that size. */
  static <K> List<K> copied(Collection<K> keys, int size) {
    int wanted = Math.max((int) (size / .75f) + 1, DEFAULT_CAPACITY);
    return sorted(keys, slots(Integer.highestOneBit(wanted - 1) << 1));
  }

  /**
   * As Kafka's {@code TimelineHashMap} has them, at that capacity, a power of two: of keys of one
   * slot the last one that came is given first.
   */
  static <K> List<K> timeline(Collection<K> keys, int capacity) {
    int shift = 64 - Integer.numberOfTrailingZeros(capacity);
    List<K> latestFirst = new ArrayList<>(keys);
    Collections.reverse(latestFirst);
    return sorted(latestFirst, key -> (int) ((key.hashCode() * FIBONACCI) >>> shift));
  }

  /** Its capacity once a key is put into it, be that new or not, which has had so many. */
  static int timelineCapacity(int capacity, int size) {
    return (size + 1) * 0.75f > capacity ? capacity * 2 : capacity;
  }

  private static <K> ToIntFunction<K> slots(int capacity) {
    return key -> {
      int hash = key.hashCode();
      return (hash ^ (hash >>> 16)) & (capacity - 1);
    };
  }

  /** Keys of one slot stay in the order in which they came. */
  private static <K> List<K> sorted(Collection<K> keys, ToIntFunction<K> slot) {
    List<K> sorted = new ArrayList<>(keys);
    sorted.sort(Comparator.comparingInt(slot));
    return sorted;
  }
}
