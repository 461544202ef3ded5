package io.heddle.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One value in a batch, and what became of it. The batch executor writes it while its batch is
 * under way, the batch callback reads it afterwards; nobody else should touch it.
 *
 * @param <K> the key
 * @param <V> the value
 */
public final class BatchItem<K, V> {
  private final K key;
  private final V value;
  private @Nullable Exception error;
  private @Nullable Object userData;

  BatchItem(K key, V value) {
    this.key = key;
    this.value = value;
  }

  /** The key that is in one running batch at a time. */
  public K key() {
    return key;
  }

  /** What the application added. */
  public V value() {
    return value;
  }

  /** Why this item failed, if it did. */
  public Optional<Exception> error() {
    return Optional.ofNullable(error);
  }

  /** Says that this item failed. An executor that throws fails all items that have no error. */
  public void setError(Exception failure) {
    error = failure;
  }

  /** What the executor left for the callback, if anything. */
  public @Nullable Object userData() {
    return userData;
  }

  /** Leaves something for the callback. */
  public void setUserData(@Nullable Object data) {
    userData = data;
  }
}
