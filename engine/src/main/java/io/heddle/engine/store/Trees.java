package io.heddle.engine.store;

import java.util.Arrays;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Maps in the order of keys of bytes. */
final class Trees {
  private Trees() {}

  static <T> NavigableMap<byte[], T> tree() {
    return new TreeMap<>(Arrays::compareUnsigned);
  }

  /** A view of the entries from this key, if there is one, up to that one, if there is one. */
  static <T> NavigableMap<byte[], T> part(
      NavigableMap<byte[], T> all, byte @Nullable [] from, byte @Nullable [] to) {
    if (from != null && to != null && Arrays.compareUnsigned(from, to) > 0) {
      return Collections.emptyNavigableMap();
    }
    NavigableMap<byte[], T> tail = from == null ? all : all.tailMap(from, true);
    return to == null ? tail : tail.headMap(to, false);
  }

  /** What a part of these entries is when these have been written over it. */
  static void forEach(
      NavigableMap<byte[], byte[]> below,
      Overlay over,
      byte @Nullable [] from,
      byte @Nullable [] to,
      BiConsumer<byte[], byte[]> action) {
    NavigableMap<byte[], byte[]> merged = tree();
    merged.putAll(part(below, from, to));
    part(over.all(), from, to).forEach((key, write) -> put(merged, key, write.value));
    merged.forEach((key, value) -> action.accept(key.clone(), value.clone()));
  }

  static void put(NavigableMap<byte[], byte[]> entries, byte[] key, byte @Nullable [] value) {
    if (value == null) {
      entries.remove(key);
    } else {
      entries.put(key, value);
    }
  }
}
