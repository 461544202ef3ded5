package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.Optional;

/** A batch of a log, where it ends in bytes, and its highest timestamp; -1 if it is empty. */
record LogEntry(RecordBatch batch, long endPosition, long maxTimestamp) {
  /** A record found by its timestamp. */
  record Found(long timestamp, long offset, int leaderEpoch) {}

  static LogEntry endingAt(long position, RecordBatch batch) {
    long max = -1;
    for (LogRecord each : batch.records()) {
      max = Math.max(max, each.timestamp());
    }
    return new LogEntry(batch, position, max);
  }

  /** Whether some of its offsets are from that one on, and it begins before the other. */
  boolean isBetween(long from, long end) {
    return batch.lastOffset() >= from && batch.baseOffset() < end;
  }

  /** Its first record from the offset on that is not earlier than the timestamp. */
  Optional<Found> firstAtOrAfter(long timestamp, long from) {
    for (LogRecord each : batch.records()) {
      long offset = batch.baseOffset() + each.offsetDelta();
      if (each.timestamp() >= timestamp && offset >= from) {
        return Optional.of(new Found(each.timestamp(), offset, batch.partitionLeaderEpoch()));
      }
    }
    return Optional.empty();
  }
}
