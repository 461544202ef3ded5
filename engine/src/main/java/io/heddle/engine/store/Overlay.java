package io.heddle.engine.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last write to each entry that is not committed. A commit hands on what belongs to it, in the
 * order in which it was written; a later write stays on top of that.
 */
final class Overlay {
  /** A write, known by its identity. */
  static final class Write {
    final byte[] key;
    final byte @Nullable [] value;

    Write(byte[] key, byte @Nullable [] value) {
      this.key = key;
      this.value = value;
    }
  }

  /** A write of the callback that runs, and what it lies on top of. */
  private record Fresh(Write write, @Nullable Write before) {}

  private final NavigableMap<byte[], Write> last = new TreeMap<>(Arrays::compareUnsigned);
  private final NavigableMap<Long, List<Write>> kept = new TreeMap<>();
  private final List<Fresh> fresh = new ArrayList<>();

  /** The last write to this entry, or null. */
  @Nullable Write find(byte[] key) {
    return last.get(key);
  }

  /** The last write to each entry. */
  NavigableMap<byte[], Write> all() {
    return last;
  }

  void write(Write write) {
    fresh.add(new Fresh(write, last.put(write.key, write)));
  }

  /** See {@link io.heddle.engine.TransactionalStateStore#keep}. */
  void keep(long position) {
    if (!fresh.isEmpty()) {
      List<Write> writes = kept.computeIfAbsent(position, at -> new ArrayList<>());
      fresh.forEach(each -> writes.add(each.write));
      fresh.clear();
    }
  }

  /** See {@link io.heddle.engine.TransactionalStateStore#discard}. */
  void discard() {
    for (int i = fresh.size() - 1; i >= 0; i--) {
      Fresh undone = fresh.get(i);
      if (undone.before == null) {
        last.remove(undone.write.key);
      } else {
        last.put(undone.write.key, undone.before);
      }
    }
    fresh.clear();
  }

  /** See {@link io.heddle.engine.TransactionalStateStore#commit}. */
  void commit(long position, Consumer<Write> writeDown) {
    NavigableMap<Long, List<Write>> over = kept.headMap(position, false);
    for (List<Write> writes : over.values()) {
      for (Write write : writes) {
        writeDown.accept(write);
        // Unless something later lies on top of it.
        if (last.get(write.key) == write) {
          last.remove(write.key);
        }
      }
    }
    over.clear();
  }

  void rollback() {
    last.clear();
    kept.clear();
    fresh.clear();
  }

  int size() {
    return last.size();
  }
}
