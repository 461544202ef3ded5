package io.heddle.simulator.protocol;

import java.nio.ByteBuffer;
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
 * @param lastOffsetDelta the offset of its last record less that of its first; it stays when
 *     compaction takes records out
 * @param logAppendTime whether its records have the broker's time, not the producer's
 * @param deleteHorizonMs when compaction may take out its tombstones, or it, if it is a marker; -1
 *     while that is not known
 * @param records those that are left; none if compaction has kept an empty batch
 */
public record RecordBatch(
    long baseOffset,
    int partitionLeaderEpoch,
    long producerId,
    short producerEpoch,
    int baseSequence,
    Kind kind,
    int lastOffsetDelta,
    boolean logAppendTime,
    long deleteHorizonMs,
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

  /** Copies the records; refuses those behind the last offset. */
  public RecordBatch {
    records = List.copyOf(records);
    if (!records.isEmpty() && records.get(records.size() - 1).offsetDelta() > lastOffsetDelta) {
      throw new IllegalArgumentException(
          "no record may lie behind the last offset delta, " + lastOffsetDelta);
    }
  }

  /** A batch of which no record has been taken out; refuses one without records. */
  public RecordBatch(
      long baseOffset,
      int partitionLeaderEpoch,
      long producerId,
      short producerEpoch,
      int baseSequence,
      Kind kind,
      List<LogRecord> records) {
    this(
        baseOffset,
        partitionLeaderEpoch,
        producerId,
        producerEpoch,
        baseSequence,
        kind,
        lastDelta(records),
        false,
        -1,
        records);
  }

  private static int lastDelta(List<LogRecord> records) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("records must not be empty");
    }
    return records.get(records.size() - 1).offsetDelta();
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
      long producerId, short producerEpoch, boolean commit, int coordinatorEpoch, long timestamp) {
    byte[] key = {0, 0, 0, (byte) (commit ? 1 : 0)};
    // The version of the format, 0, and the coordinator's epoch.
    byte[] value = ByteBuffer.allocate(6).putShort((short) 0).putInt(coordinatorEpoch).array();
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
        offset,
        leaderEpoch,
        producerId,
        producerEpoch,
        baseSequence,
        kind,
        lastOffsetDelta,
        logAppendTime,
        deleteHorizonMs,
        records);
  }

  /** The same records with the broker's time, in milliseconds since the epoch. */
  public RecordBatch withLogAppendTime(long millis) {
    return new RecordBatch(
        baseOffset,
        partitionLeaderEpoch,
        producerId,
        producerEpoch,
        baseSequence,
        kind,
        lastOffsetDelta,
        true,
        deleteHorizonMs,
        records.stream().map(each -> each.at(millis)).toList());
  }

  /** What compaction leaves of it: its place among all offsets, and some of its records. */
  public RecordBatch retaining(List<LogRecord> left, long horizonMs) {
    return new RecordBatch(
        baseOffset,
        partitionLeaderEpoch,
        producerId,
        producerEpoch,
        baseSequence,
        kind,
        lastOffsetDelta,
        logAppendTime,
        horizonMs,
        left);
  }

  /** The offset of the last record. */
  public long lastOffset() {
    return baseOffset + lastOffsetDelta;
  }

  /** The sequence number of the last record, or -1. Sequence numbers begin again at 0. */
  public int lastSequence() {
    return baseSequence < 0 ? -1 : (baseSequence + lastOffsetDelta) & Integer.MAX_VALUE;
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
