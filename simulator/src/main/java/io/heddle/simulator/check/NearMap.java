package io.heddle.simulator.check;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A map that has at hand what was looked up last. Facts about one member and one partition come in
 * runs, and most of them name it by the same object.
 */
final class NearMap<K, V> {
  private final Map<K, V> values = new LinkedHashMap<>();
  private @Nullable K near;
  private @Nullable V nearValue;

  @SuppressWarnings("ReferenceEquality") // it comes before the equality
  @Nullable V get(K key) {
    if (key != near && !key.equals(near)) {
      nearValue = values.get(key);
    }
    near = key;
    return nearValue;
  }

  /** Returns the value; if there is none, it is this one from now on. */
  V get(K key, Supplier<? extends V> absent) {
    V value = get(key);
    if (value == null) {
      value = absent.get();
      values.put(key, value);
      nearValue = value;
    }
    return value;
  }

  void put(K key, V value) {
    values.put(key, value);
    near = key;
    nearValue = value;
  }

  /** Returns what it was until now, or null. */
  @Nullable V remove(K key) {
    near = null;
    nearValue = null;
    return values.remove(key);
  }

  /** Returns the keys, in the order of their coming. */
  Set<K> keys() {
    return values.keySet();
  }

  /** Returns the values, in the order of their keys. */
  Collection<V> values() {
    return values.values();
  }
}
