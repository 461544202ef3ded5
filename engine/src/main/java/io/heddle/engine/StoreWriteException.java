package io.heddle.engine;

import org.apache.kafka.common.TopicPartition;

/** Says that a {@link PersistentStateStore} could not write down what it was told to. */
public final class StoreWriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String store;
  private final transient TopicPartition changeLog;

  StoreWriteException(String store, TopicPartition changeLog, String what, Exception cause) {
    super("store '%s' could not %s: %s".formatted(store, what, cause), cause);
    this.store = store;
    this.changeLog = changeLog;
  }

  /** The store. */
  public String store() {
    return store;
  }

  /** The partition of its change log. */
  public TopicPartition changeLog() {
    return changeLog;
  }
}
