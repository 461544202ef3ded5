package io.heddle.engine;

import java.time.Duration;

/** Says that a source waited in vain for a topic to exist. */
public final class MissingTopicException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String topic;

  MissingTopicException(String topic, Duration timeout) {
    super(
        "topics must exist, '%s' did not within topicTimeout (%s) of the start"
            .formatted(topic, timeout));
    this.topic = topic;
  }

  /** The topic that is missing. */
  public String topic() {
    return topic;
  }
}
