package io.heddle.engine;

import org.apache.kafka.common.TopicPartition;

/** Says which event failed, and where on its way; the cause says why. */
public final class EventFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient TopicPartition partition;
  private final long offset;

  EventFailedException(String stage, TopicPartition partition, long offset, Exception cause) {
    super("%s of %s@%d failed: %s".formatted(stage, partition, offset, cause), cause);
    this.partition = partition;
    this.offset = offset;
  }

  /** The partition of the event. */
  public TopicPartition topicPartition() {
    return partition;
  }

  /** The offset of the event. */
  public long offset() {
    return offset;
  }
}
