package io.heddle.engine;

import org.apache.kafka.common.TopicPartition;

/** Says which event failed, and where on its way; the cause says why. */
public final class EventFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient TopicPartition partition;
  private final long offset;

  EventFailedException(FailureStage stage, Event event, Exception cause) {
    super(
        "%s of %s@%d failed: %s"
            .formatted(stage.description(), event.topicPartition(), event.offset(), cause),
        cause);
    this.partition = event.topicPartition();
    this.offset = event.offset();
  }

  /** The partition of the event. */
  public TopicPartition topicPartition() {
    return partition;
  }

  /** The offset of the event, or -1 if it is an interjection. */
  public long offset() {
    return offset;
  }
}
