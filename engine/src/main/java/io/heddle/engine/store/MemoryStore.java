package io.heddle.engine.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A tree of what is committed, and over it another one of the last write to each entry that is not.
 * A commit writes down what belongs to it, in the order in which it was written; a later write
 * stays on top of that.
 */
final class MemoryStore implements OrderedStore {
  /** A write, known by its identity. */
  private static final class Write {
    private final byte[] key;
    private final byte @Nullable [] value;

    Write(byte[] key, byte @Nullable [] value) {
      this.key = key;
      this.value = value;
    }
  }

  /** A write of the callback that runs, and what it lies on top of. */
  private record Fresh(Write write, @Nullable Write before) {}

  private final NavigableMap<byte[], byte[]> committed = tree();
  private final NavigableMap<byte[], Write> overlay = tree();
  private final NavigableMap<Long, List<Write>> kept = new TreeMap<>();
  private final List<Fresh> fresh = new ArrayList<>();

  private static <T> NavigableMap<byte[], T> tree() {
    return new TreeMap<>(Arrays::compareUnsigned);
  }

  @Override
  public void receiveChange(ConsumerRecord<byte[], byte[]> change) {
    if (change.key() == null) {
      throw new IllegalArgumentException("key must be present in a change, was null");
    }
    writeDown(new Write(change.key(), change.value()));
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    Write write = overlay.get(key);
    byte[] value = write == null ? committed.get(key) : write.value;
    return value == null ? null : value.clone();
  }

  @Override
  public void put(byte[] key, byte[] value) {
    write(new Write(key.clone(), value.clone()));
  }

  @Override
  public void delete(byte[] key) {
    write(new Write(key.clone(), null));
  }

  private void write(Write write) {
    fresh.add(new Fresh(write, overlay.put(write.key, write)));
  }

  @Override
  public void forEach(
      byte @Nullable [] from, byte @Nullable [] to, BiConsumer<byte[], byte[]> action) {
    NavigableMap<byte[], byte[]> merged = tree();
    merged.putAll(part(committed, from, to));
    part(overlay, from, to)
        .forEach(
            (key, write) -> {
              if (write.value == null) {
                merged.remove(key);
              } else {
                merged.put(key, write.value);
              }
            });
    merged.forEach((key, value) -> action.accept(key.clone(), value.clone()));
  }

  private static <T> NavigableMap<byte[], T> part(
      NavigableMap<byte[], T> all, byte @Nullable [] from, byte @Nullable [] to) {
    if (from != null && to != null && Arrays.compareUnsigned(from, to) > 0) {
      return Collections.emptyNavigableMap();
    }
    NavigableMap<byte[], T> tail = from == null ? all : all.tailMap(from, true);
    return to == null ? tail : tail.headMap(to, false);
  }

  @Override
  public void keep(long position) {
    if (!fresh.isEmpty()) {
      List<Write> writes = kept.computeIfAbsent(position, at -> new ArrayList<>());
      fresh.forEach(each -> writes.add(each.write));
      fresh.clear();
    }
  }

  @Override
  public void discard() {
    for (int i = fresh.size() - 1; i >= 0; i--) {
      Fresh last = fresh.get(i);
      if (last.before == null) {
        overlay.remove(last.write.key);
      } else {
        overlay.put(last.write.key, last.before);
      }
    }
    fresh.clear();
  }

  @Override
  public void commit(long position) {
    NavigableMap<Long, List<Write>> over = kept.headMap(position, false);
    for (List<Write> writes : over.values()) {
      for (Write write : writes) {
        writeDown(write);
        // Unless something later lies on top of it.
        if (overlay.get(write.key) == write) {
          overlay.remove(write.key);
        }
      }
    }
    over.clear();
  }

  private void writeDown(Write write) {
    if (write.value == null) {
      committed.remove(write.key);
    } else {
      committed.put(write.key, write.value);
    }
  }

  @Override
  public void rollback() {
    overlay.clear();
    kept.clear();
    fresh.clear();
  }

  @Override
  public void revoked() {
    rollback();
    committed.clear();
  }

  @Override
  public String toString() {
    Map<String, Integer> sizes = new TreeMap<>();
    sizes.put("committed", committed.size());
    sizes.put("uncommitted", overlay.size());
    return sizes.toString();
  }
}
