package io.heddle.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the accesses to each entry of a store ascend in strand position: nobody reads or
 * writes what somebody behind him has written, and nobody writes what somebody behind him has read.
 * Two reads disturb nobody. An entry is remembered until all before its last access is complete, so
 * what is kept is bounded by what is in flight. Of the strand.
 */
final class EntryGuard {
  private final String store;
  private final NavigableMap<byte[], Entry> entries = new TreeMap<>(Arrays::compareUnsigned);
  private final NavigableMap<Long, List<byte[]>> keysByPlace = new TreeMap<>();

  EntryGuard(String store) {
    this.store = store;
  }

  /** The furthest accesses to an entry. */
  private static final class Entry {
    private @Nullable Access read;
    private @Nullable Access write;

    long last() {
      return Math.max(read == null ? -1 : read.place, write == null ? -1 : write.place);
    }
  }

  private record Access(long place, long offset, String stage) {
    StoreAccess describe(Event event, boolean write) {
      return new StoreAccess(event.topicPartition(), offset, stage, write);
    }
  }

  void reads(Event event, String stage, byte[] key) {
    Entry entry = entryOf(event, key);
    refuseBehind(event, stage, key, entry.write, true, false);
    if (entry.read == null || entry.read.place < event.place()) {
      entry.read = new Access(event.place(), event.offset(), stage);
    }
  }

  void writes(Event event, String stage, byte[] key) {
    Entry entry = entryOf(event, key);
    refuseBehind(event, stage, key, entry.write, true, true);
    refuseBehind(event, stage, key, entry.read, false, true);
    entry.write = new Access(event.place(), event.offset(), stage);
  }

  private Entry entryOf(Event event, byte[] key) {
    byte[] own = key.clone();
    Entry entry = entries.computeIfAbsent(own, k -> new Entry());
    if (entry.last() < event.place()) {
      keysByPlace.computeIfAbsent(event.place(), place -> new ArrayList<>()).add(own);
    }
    return entry;
  }

  private void refuseBehind(
      Event event,
      String stage,
      byte[] key,
      @Nullable Access earlier,
      boolean wasWrite,
      boolean isWrite) {
    if (earlier != null && earlier.place > event.place()) {
      throw new StoreAccessException(
          store,
          key,
          earlier.describe(event, wasWrite),
          new Access(event.place(), event.offset(), stage).describe(event, isWrite));
    }
  }

  /** Everything before this place is complete, and will access nothing any more. */
  void forgetBefore(long prefix) {
    NavigableMap<Long, List<byte[]>> over = keysByPlace.headMap(prefix, false);
    for (List<byte[]> keys : over.values()) {
      for (byte[] key : keys) {
        Entry entry = entries.get(key);
        if (entry != null && entry.last() < prefix) {
          entries.remove(key);
        }
      }
    }
    over.clear();
  }

  /** How many entries are remembered. */
  int size() {
    return entries.size();
  }
}
