package io.heddle.engine.store;

import io.heddle.engine.ChangeLogPlace;
import io.heddle.engine.PersistentStateStore;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries of bytes on a disk, in the order of their keys, which are compared from the first byte on
 * without sign, and the place in a change log that they are of. {@link OrderedStore#on} makes a
 * {@link PersistentStateStore} of it: it keeps from it what is not committed. Used by one thread at
 * a time. What a read throws is the failure of the event that reads.
 */
public interface OrderedTable {

  /** The place of the last {@link #write}, or nothing if there was none since the last clear. */
  Optional<ChangeLogPlace> place();

  /** The value of this key, or null. The array belongs to the caller. */
  byte @Nullable [] get(byte[] key);

  /**
   * Calls the action with the entries there are, in order. The arrays belong to the action.
   *
   * @param from the first key, or null for the first there is
   * @param to the key before which it ends, or null for the last there is
   */
  void forEach(byte @Nullable [] from, byte @Nullable [] to, BiConsumer<byte[], byte[]> action);

  /**
   * Gives these keys their values, takes away those that have none, and notes the place, all of it
   * or, if the process or the machine dies meanwhile, nothing.
   *
   * @param changes null for a key that is deleted; neither the map nor the arrays may be kept
   */
  void write(NavigableMap<byte[], byte @Nullable []> changes, ChangeLogPlace place)
      throws IOException;

  /** Takes away everything, the place included. */
  void clear() throws IOException;

  /** Lets go of what is held open. Nothing else is called afterwards. */
  void close();
}
