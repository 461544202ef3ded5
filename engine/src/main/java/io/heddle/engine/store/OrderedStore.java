package io.heddle.engine.store;

import io.heddle.engine.TransactionalStateStore;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries of bytes in the order of their keys, which are compared from the first byte on without
 * sign. This is what {@link KeyValueStore} stands on: {@link #inMemory}, {@link #on} a table of
 * yours, or another one. Arrays that come in or go out belong to the caller afterwards. Used by one
 * thread at a time.
 */
public interface OrderedStore extends TransactionalStateStore {

  /** A store in memory, empty. */
  static OrderedStore inMemory() {
    return new MemoryStore();
  }

  /**
   * A store on a table that outlives the process: a {@link io.heddle.engine.PersistentStateStore},
   * which closes the table when its partition is gone. What is not committed stays in memory.
   */
  static OrderedStore on(OrderedTable table) {
    return new TableStore(table);
  }

  /** The value of this key, or null. */
  byte @Nullable [] get(byte[] key);

  /** Gives the key this value. */
  void put(byte[] key, byte[] value);

  /** Leaves the key without a value. */
  void delete(byte[] key);

  /**
   * Calls the action with the entries there are, in order. It must not change the store.
   *
   * @param from the first key, or null for the first there is
   * @param to the key before which it ends, or null for the last there is
   */
  void forEach(byte @Nullable [] from, byte @Nullable [] to, BiConsumer<byte[], byte[]> action);
}
