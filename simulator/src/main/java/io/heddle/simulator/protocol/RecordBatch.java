package io.heddle.simulator.protocol;

import java.util.List;

/**
 * Records that travel and are stored together.
 *
 * @param baseOffset the offset of the first record; 0 on the way to the broker, which assigns it
 * @param partitionLeaderEpoch the leader epoch in which it was appended; -1 on the way to the
 *     broker
 * @param producerId the id of an idempotent producer, or -1
 * @param producerEpoch the epoch of that producer, or -1
 * @param baseSequence the sequence number of the first record, or -1
 */
public record RecordBatch(
    long baseOffset,
    int partitionLeaderEpoch,
    long producerId,
    short producerEpoch,
    int baseSequence,
    List<LogRecord> records) {
  /** The overhead of a batch in Kafka's format, in bytes. */
  private static final int OVERHEAD = 61;

  /** Refuses a batch without records. */
  public RecordBatch {
    records = List.copyOf(records);
    if (records.isEmpty()) {
      throw new IllegalArgumentException("records must not be empty");
    }
  }

  /** The same records as the broker stores them. */
  public RecordBatch appendedAt(long offset, int leaderEpoch) {
    return new RecordBatch(offset, leaderEpoch, producerId, producerEpoch, baseSequence, records);
  }

  /** The offset of the last record. */
  public long lastOffset() {
    return baseOffset + records.get(records.size() - 1).offsetDelta();
  }

  /** The sequence number of the last record, or -1. Sequence numbers begin again at 0. */
  public int lastSequence() {
    return baseSequence < 0 ? -1 : (baseSequence + records.size() - 1) & Integer.MAX_VALUE;
  }

  /** Roughly the bytes this batch takes in Kafka's format, uncompressed. */
  public int sizeInBytes() {
    int size = OVERHEAD;
    for (LogRecord logRecord : records) {
      size += logRecord.sizeInBytes();
    }
    return size;
  }
}
