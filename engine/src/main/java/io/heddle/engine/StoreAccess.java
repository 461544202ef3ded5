package io.heddle.engine;

import org.apache.kafka.common.TopicPartition;

/**
 * An access to an entry of a store.
 *
 * @param partition the event's
 * @param offset the event's, or -1 for an interjection
 * @param stage who accessed it: the handler, or which finalizer or callback
 * @param write whether the entry was changed, or only read
 */
public record StoreAccess(TopicPartition partition, long offset, String stage, boolean write) {

  /** One line about it. */
  @Override
  public String toString() {
    String event = offset < 0 ? "an interjection of " + partition : partition + "@" + offset;
    return "%s by the %s of %s".formatted(write ? "written" : "read", stage, event);
  }
}
