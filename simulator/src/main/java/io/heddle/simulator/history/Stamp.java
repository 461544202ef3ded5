package io.heddle.simulator.history;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What tells a record from another one that had its offset before: a log that was cut off, or a
 * topic that was made anew, gives offsets again. Neither number alone does, since a new topic
 * begins with leader epoch 0 again, and a producer that sends again keeps its timestamp.
 *
 * @param leaderEpoch the epoch of the leader that wrote the record, or -1
 * @param timestamp the record's, as consumers see it, in milliseconds, or -1
 */
public record Stamp(int leaderEpoch, long timestamp) {
  /** Nobody knows. */
  public static final Stamp UNKNOWN = new Stamp(-1, -1);

  /** Returns that of a record that was read. */
  public static Stamp of(ConsumerRecord<?, ?> record) {
    return new Stamp(record.leaderEpoch().orElse(-1), record.timestamp());
  }

  /** Whether anything is known. */
  public boolean isKnown() {
    return !equals(UNKNOWN);
  }
}
