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
 * @param kind whether it is part of a transaction, or ends one
 */
public record RecordBatch(
    long baseOffset,
    int partitionLeaderEpoch,
    long producerId,
    short producerEpoch,
    int baseSequence,
    Kind kind,
    List<LogRecord> records) {
  /** What a batch is to transactions. */
  public enum Kind {
    /** Outside of any transaction. */
    PLAIN,
    /** Written in a transaction of the producer. */
    TRANSACTIONAL,
    /** A marker: what the producer has written in its transaction is committed. */
    COMMIT_MARKER,
    /** A marker: what the producer has written in its transaction is aborted. */
    ABORT_MARKER
  }

  /** The overhead of a batch in Kafka's format, in bytes. */
  private static final int OVERHEAD = 61;

  /** Refuses a batch without records. */
  public RecordBatch {
    records = List.copyOf(records);
    if (records.isEmpty()) {
      throw new IllegalArgumentException("records must not be empty");
    }
  }

  /** A batch outside of any transaction. */
  public RecordBatch(
      long baseOffset,
      int partitionLeaderEpoch,
      long producerId,
      short producerEpoch,
      int baseSequence,
      List<LogRecord> records) {
    this(
        baseOffset,
        partitionLeaderEpoch,
        producerId,
        producerEpoch,
        baseSequence,
        Kind.PLAIN,
        records);
  }

  /** A marker that ends the producer's transaction, with key and value in Kafka's encoding. */
  public static RecordBatch marker(
      long producerId, short producerEpoch, boolean commit, long timestamp) {
    byte[] key = {0, 0, 0, (byte) (commit ? 1 : 0)};
    // The version of the format, 0, and the coordinator's epoch, 0: coordinators do not move.
    byte[] value = new byte[6];
    return new RecordBatch(
        0,
        -1,
        producerId,
        producerEpoch,
        -1,
        commit ? Kind.COMMIT_MARKER : Kind.ABORT_MARKER,
        List.of(new LogRecord(0, timestamp, key, value, List.of())));
  }

  /** Whether it belongs to a transaction; markers do, too. */
  public boolean isTransactional() {
    return kind != Kind.PLAIN;
  }

  /** Whether it is a marker, which no application gets to see. */
  public boolean isControl() {
    return kind == Kind.COMMIT_MARKER || kind == Kind.ABORT_MARKER;
  }

  /** The same records as the broker stores them. */
  public RecordBatch appendedAt(long offset, int leaderEpoch) {
    return new RecordBatch(
        offset, leaderEpoch, producerId, producerEpoch, baseSequence, kind, records);
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
