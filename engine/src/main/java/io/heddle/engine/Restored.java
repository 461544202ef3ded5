package io.heddle.engine;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the owner before had completed beyond the committed offset. Of the strand, after {@link
 * #set}, which happens before anything is polled.
 */
final class Restored {
  private volatile @Nullable CommitMetadata metadata;
  private boolean trusted;

  void set(CommitMetadata read) {
    metadata = read;
  }

  /** The log is another one from now on. */
  void forget() {
    metadata = null;
  }

  /** Whether this record, which is the next one of the partition, is complete already. */
  boolean covers(ConsumerRecord<?, ?> record) {
    CommitMetadata current = metadata;
    if (current == null || record.offset() < current.witnessOffset()) {
      return false;
    }
    if (!trusted) {
      trusted = current.isWitness(record);
      if (!trusted) {
        // Another log than the one that this was written about.
        metadata = null;
      }
      return false;
    }
    return current.covers(record);
  }
}
