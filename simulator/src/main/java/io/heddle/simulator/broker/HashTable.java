package io.heddle.simulator.broker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The keys of a {@code java.util.HashMap} or {@code HashSet}, in the order in which it gives them.
 * Kafka's assignors write assignments down in that order, and go by it the next time.
 */
final class HashTable<K> {
  private static final int DEFAULT_CAPACITY = 16;

  /** Those of one slot are in their order. */
  private final List<K> keys = new ArrayList<>();

  private final int initialCapacity;

  /** Zero until there is a first key. */
  private int capacity;

  private HashTable(int initialCapacity) {
    this.initialCapacity = initialCapacity;
  }

  static <K> HashTable<K> ofDefaultCapacity() {
    return new HashTable<>(DEFAULT_CAPACITY);
  }

  /** As one made with that capacity, which is rounded up to a power of two. */
  static <K> HashTable<K> withCapacity(int wanted) {
    return new HashTable<>(wanted <= 1 ? 1 : Integer.highestOneBit(wanted - 1) << 1);
  }

  /** As one made of another collection. */
  static <K> HashTable<K> copyOf(List<K> others) {
    HashTable<K> copy = withCapacity(Math.max((int) (others.size() / .75f) + 1, DEFAULT_CAPACITY));
    others.forEach(copy::put);
    return copy;
  }

  int size() {
    return keys.size();
  }

  /** As {@code put}: behind what its slot has. */
  void put(K key) {
    if (keys.contains(key)) {
      return;
    }
    if (capacity == 0) {
      capacity = initialCapacity;
    }
    keys.add(key);
    if (isFull()) {
      capacity *= 2;
    }
  }

  /**
   * As {@code computeIfAbsent}: before what its slot has, and the table grows before, not after.
   */
  void compute(K key) {
    if (capacity == 0) {
      capacity = initialCapacity;
    } else if (isFull()) {
      capacity *= 2;
    }
    if (!keys.contains(key)) {
      keys.add(0, key);
    }
  }

  private boolean isFull() {
    return keys.size() > (int) (capacity * .75f);
  }

  void remove(K key) {
    keys.remove(key);
  }

  List<K> inOrder() {
    List<K> ordered = new ArrayList<>(keys);
    ordered.sort(Comparator.comparingInt(this::slot));
    return ordered;
  }

  private int slot(K key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (capacity - 1);
  }
}
