package io.heddle.engine;

import org.apache.kafka.common.TopicPartition;

/** Says that a store refused a change of its own change log. */
public final class RestoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String store;
  private final transient TopicPartition changeLog;
  private final long offset;

  RestoreException(String store, TopicPartition changeLog, long offset, Exception cause) {
    super(
        "store '%s' could not take the change %s@%d: %s"
            .formatted(store, changeLog, offset, cause.getMessage()),
        cause);
    this.store = store;
    this.changeLog = changeLog;
    this.offset = offset;
  }

  /** The store. */
  public String store() {
    return store;
  }

  /** The partition of the change log. */
  public TopicPartition changeLog() {
    return changeLog;
  }

  /** The offset of the change. */
  public long offset() {
    return offset;
  }
}
