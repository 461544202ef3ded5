package io.heddle.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one event contributes to batches, to be given to {@link AsyncBatcher#add}. It may be empty:
 * then its callback runs when its key's turn has come. Not thread-safe.
 *
 * @param <K> the key, with {@code equals} and {@code hashCode} that fit; never null
 * @param <V> the values
 */
public final class BatchItems<K, V> {
  private final EventContext context;
  private final K key;
  private final BatchCallback<K, V> callback;
  private final List<BatchItem<K, V>> items = new ArrayList<>();
  private @Nullable Object userData;
  private boolean added;

  /** Nothing yet, for this event; {@code callback} runs after the last item. */
  public BatchItems(EventContext context, K key, BatchCallback<K, V> callback) {
    this.context = Objects.requireNonNull(context, "context");
    this.key = Objects.requireNonNull(key, "key");
    this.callback = Objects.requireNonNull(callback, "callback");
  }

  /**
   * Adds values under this event's key.
   *
   * @throws IllegalStateException if these items have been given to a batcher
   */
  public BatchItems<K, V> add(Collection<? extends V> values) {
    return addWithKey(key, values);
  }

  /** Adds one value under this event's key, as {@link #add(Collection)} does. */
  public BatchItems<K, V> addOne(V value) {
    return addWithKey(key, List.of(value));
  }

  /**
   * Adds values under another key than the event's.
   *
   * @throws IllegalStateException if these items have been given to a batcher
   */
  public BatchItems<K, V> addWithKey(K other, Collection<? extends V> values) {
    Objects.requireNonNull(other, "key");
    if (added) {
      throw new IllegalStateException("these items have been given to a batcher already");
    }
    for (V value : values) {
      items.add(new BatchItem<>(other, Objects.requireNonNull(value, "value")));
    }
    return this;
  }

  /** The event's key: callbacks of one key and partition run in the order of {@code add}. */
  public K key() {
    return key;
  }

  /** The items, in the order in which they were added. */
  public List<BatchItem<K, V>> items() {
    return Collections.unmodifiableList(items);
  }

  /** What the handler left for the callback, if anything. */
  public @Nullable Object userData() {
    return userData;
  }

  /** Leaves something for the callback. */
  public BatchItems<K, V> withUserData(@Nullable Object data) {
    userData = data;
    return this;
  }

  EventContext context() {
    return context;
  }

  BatchCallback<K, V> callback() {
    return callback;
  }

  void markAdded() {
    if (added) {
      throw new IllegalStateException("these items have been given to a batcher already");
    }
    added = true;
  }
}
