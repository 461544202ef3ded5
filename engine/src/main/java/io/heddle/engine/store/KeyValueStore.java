package io.heddle.engine.store;

import io.heddle.engine.ChangeLogEntry;
import io.heddle.engine.EventContext;
import io.heddle.engine.EventSource;
import io.heddle.engine.StateStoreFactory;
import io.heddle.engine.StoreConfig;
import io.heddle.engine.StoreHandle;
import io.heddle.engine.codec.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A state store of typed entries in the order of their encoded keys. Each partition of the source
 * has its own, which an event reaches by its context; every change is recorded in the change log.
 *
 * <p>All methods are for handlers, finalizers and callbacks: a context that comes from elsewhere, a
 * processor's thread say, is refused. What goes in is encoded and what comes out is decoded anew,
 * so nobody holds an object of the store, and a processor may be given any value. Thread-safe.
 *
 * <p>With the guard on, reads and writes of one entry have to ascend in the order of the partition:
 * each entry is to be touched at one stage, in the order of its own key. A read of several entries
 * is a read of those that it finds.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class KeyValueStore<K, V> {
  /** A key and its value. */
  public record Entry<K, V>(K key, V value) {}

  private final StoreHandle<OrderedStore> handle;
  private final Codec<K> keys;
  private final Codec<V> values;

  private KeyValueStore(StoreHandle<OrderedStore> handle, Codec<K> keys, Codec<V> values) {
    this.handle = handle;
    this.keys = keys;
    this.values = values;
  }

  /**
   * Adds a store to a source that keeps its entries in memory.
   *
   * @throws IllegalArgumentException as {@link EventSource#addStore}
   * @throws IllegalStateException if the source has been started
   */
  public static <K, V> KeyValueStore<K, V> inMemory(
      EventSource source, StoreConfig config, Codec<K> keys, Codec<V> values) {
    return on(source, config, partition -> OrderedStore.inMemory(), keys, values);
  }

  /**
   * Adds a store to a source that keeps its entries elsewhere.
   *
   * @throws IllegalArgumentException as {@link EventSource#addStore}
   * @throws IllegalStateException if the source has been started
   */
  public static <K, V> KeyValueStore<K, V> on(
      EventSource source,
      StoreConfig config,
      StateStoreFactory<? extends OrderedStore> factory,
      Codec<K> keys,
      Codec<V> values) {
    return new KeyValueStore<>(source.addStore(config, OrderedStore.class, factory), keys, values);
  }

  /**
   * The value of this key.
   *
   * @throws io.heddle.engine.StoreAccessException if an event behind this one has changed it
   */
  public Optional<V> get(EventContext context, K key) {
    byte[] encoded = keys.encode(key);
    handle.reads(context, encoded);
    return decoded(context.store(handle).get(encoded));
  }

  /**
   * The value of this key as a mere hint, which the guard does not look at: it may be that of an
   * event behind this one, or lack what one before it is about to write. What is decided by it has
   * to be looked at again with {@link #get}.
   */
  public Optional<V> peek(EventContext context, K key) {
    return decoded(context.store(handle).get(keys.encode(key)));
  }

  /**
   * Gives the key this value.
   *
   * @throws io.heddle.engine.StoreAccessException if an event behind this one has accessed it
   */
  public void put(EventContext context, K key, V value) {
    byte[] encodedKey = keys.encode(key);
    byte[] encodedValue = values.encode(value);
    OrderedStore store = context.store(handle);
    // The producer may keep the arrays for longer than the caller leaves them alone.
    context.recordChange(handle, ChangeLogEntry.of(encodedKey.clone(), encodedValue.clone()));
    store.put(encodedKey, encodedValue);
  }

  /**
   * Leaves the key without a value; if it has one, that is recorded with a tombstone.
   *
   * @throws io.heddle.engine.StoreAccessException if an event behind this one has accessed it
   */
  public void delete(EventContext context, K key) {
    byte[] encoded = keys.encode(key);
    OrderedStore store = context.store(handle);
    handle.reads(context, encoded);
    if (store.get(encoded) != null) {
      context.recordChange(handle, ChangeLogEntry.deletion(encoded.clone()));
      store.delete(encoded);
    }
  }

  /**
   * The entries from this key up to, but not with, that one, in the order of encoded keys.
   *
   * @throws io.heddle.engine.StoreAccessException if an event behind this one has changed one
   */
  public List<Entry<K, V>> range(EventContext context, K from, K to) {
    return entries(context, keys.encode(from), keys.encode(to));
  }

  /**
   * All entries, in the order of encoded keys.
   *
   * @throws io.heddle.engine.StoreAccessException if an event behind this one has changed one
   */
  public List<Entry<K, V>> all(EventContext context) {
    return entries(context, null, null);
  }

  private List<Entry<K, V>> entries(
      EventContext context, byte @Nullable [] from, byte @Nullable [] to) {
    List<Entry<K, V>> found = new ArrayList<>();
    context
        .store(handle)
        .forEach(
            from,
            to,
            (key, value) -> {
              handle.reads(context, key);
              found.add(new Entry<>(keys.decode(key), values.decode(value)));
            });
    return found;
  }

  private Optional<V> decoded(byte @Nullable [] value) {
    return value == null ? Optional.empty() : Optional.of(values.decode(value));
  }
}
