package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.common.IsolationLevel;

/**
 * The log of a partition: immutable batches in ascending order, shared with whoever reads them.
 * There are no followers, so the high watermark is the end of the log; the last stable offset is
 * where the first open transaction began. Offsets may have holes.
 */
final class PartitionLog {
  private final List<Entry> entries = new ArrayList<>();
  private final ProducerStates producers = new ProducerStates();
  private final LogTransactions transactions = new LogTransactions();
  private final LeaderEpochs epochs = new LeaderEpochs();
  private long startOffset;
  private long endOffset;

  PartitionLog(int leaderEpoch) {
    epochs.begin(leaderEpoch, 0);
  }

  long startOffset() {
    return startOffset;
  }

  long endOffset() {
    return endOffset;
  }

  long highWatermark() {
    return endOffset;
  }

  long lastStableOffset() {
    return Math.max(startOffset, transactions.firstUnstable().orElse(highWatermark()));
  }

  /** The offset up to which records are read. */
  long readableEnd(IsolationLevel isolation) {
    return isolation == IsolationLevel.READ_COMMITTED ? lastStableOffset() : highWatermark();
  }

  LogTransactions transactions() {
    return transactions;
  }

  /** Whether the producer is in the midst of a transaction here. */
  boolean isOpen(ProducerIdAndEpoch producer) {
    return transactions.startOf(producer.id()).isPresent()
        && producers.isCurrent(producer.id(), producer.epoch());
  }

  LeaderEpochs epochs() {
    return epochs;
  }

  /** A new leader: what is appended from here on is of its epoch. */
  void beginEpoch(int leaderEpoch) {
    epochs.begin(leaderEpoch, endOffset);
  }

  /** Takes the batch, or says why not; a batch taken before is answered as it was then. */
  Append append(RecordBatch batch, int maxBytes) {
    int size = batch.sizeInBytes();
    if (size > maxBytes) {
      return Append.refused(ErrorCode.MESSAGE_TOO_LARGE);
    }
    boolean idempotent = batch.producerId() >= 0;
    if (idempotent) {
      OptionalLong earlier = producers.duplicateOf(batch);
      if (earlier.isPresent()) {
        return new Append(ErrorCode.NONE, earlier.getAsLong(), Optional.empty());
      }
      ErrorCode error = producers.check(batch);
      if (error != ErrorCode.NONE) {
        return Append.refused(error);
      }
      if (!batch.isTransactional() && transactions.startOf(batch.producerId()).isPresent()) {
        return Append.refused(ErrorCode.INVALID_TXN_STATE);
      }
    }
    RecordBatch stored = batch.appendedAt(endOffset, epochs.latest());
    if (stored.lastOffset() != endOffset + stored.records().size() - 1) {
      throw new IllegalArgumentException("offset deltas of a new batch must count up from 0");
    }
    add(stored);
    if (idempotent) {
      producers.appended(stored, stored.baseOffset());
    }
    if (stored.isTransactional()) {
      transactions.appended(stored.producerId(), stored.baseOffset());
    }
    return new Append(ErrorCode.NONE, stored.baseOffset(), Optional.of(stored));
  }

  private void add(RecordBatch stored) {
    entries.add(new Entry(stored, endPosition() + stored.sizeInBytes(), maxTimestamp(stored)));
    endOffset = stored.lastOffset() + 1;
  }

  /**
   * Ends the producer's transaction with a marker.
   *
   * @return the batches that are aborted by it
   */
  List<RecordBatch> appendMarker(RecordBatch marker) {
    boolean commit = marker.kind() == RecordBatch.Kind.COMMIT_MARKER;
    long producerId = marker.producerId();
    List<RecordBatch> aborted = new ArrayList<>();
    if (!commit) {
      transactions
          .startOf(producerId)
          .ifPresent(start -> batchesOf(producerId, start).forEach(aborted::add));
    }
    RecordBatch stored = marker.appendedAt(endOffset, epochs.latest());
    producers.marked(producerId, marker.producerEpoch());
    add(stored);
    transactions.ended(producerId, stored.baseOffset(), commit);
    return aborted;
  }

  private Stream<RecordBatch> batchesOf(long producerId, long from) {
    return entries.subList(indexOf(from), entries.size()).stream()
        .map(Entry::batch)
        .filter(batch -> batch.producerId() == producerId);
  }

  /**
   * Reads whole batches from the one that holds the offset on.
   *
   * @param firstAtAnySize whether the first batch is read even if it is larger than {@code
   *     maxBytes}
   */
  Slice read(long offset, int maxBytes, boolean firstAtAnySize, IsolationLevel isolation) {
    int first = indexOf(offset);
    int end = indexOf(readableEnd(isolation));
    if (first >= end) {
      return Slice.EMPTY;
    }
    long position = startPosition(first);
    long limit = position + maxBytes;
    if (firstAtAnySize) {
      limit = Math.max(limit, entries.get(first).endPosition);
    }
    List<RecordBatch> batches = new ArrayList<>();
    for (int i = first; i < end && entries.get(i).endPosition <= limit; i++) {
      batches.add(entries.get(i).batch);
    }
    // Kafka cuts the response in the middle of a batch and counts those bytes too.
    return batches.isEmpty()
        ? Slice.EMPTY
        : new Slice(batches, Math.min(endPosition(end), limit) - position);
  }

  /** How many bytes a read from there could return at most. */
  long bytesFrom(long offset, IsolationLevel isolation) {
    int first = indexOf(offset);
    int end = indexOf(readableEnd(isolation));
    return first >= end ? 0 : endPosition(end) - startPosition(first);
  }

  /** The first record, from the log's start on, that is not earlier than the timestamp. */
  Optional<Found> firstAtOrAfter(long timestamp) {
    for (Entry entry : entries) {
      if (entry.maxTimestamp < timestamp) {
        continue;
      }
      for (LogRecord candidate : entry.batch.records()) {
        long offset = entry.batch.baseOffset() + candidate.offsetDelta();
        if (candidate.timestamp() >= timestamp && offset >= startOffset) {
          return Optional.of(
              new Found(candidate.timestamp(), offset, entry.batch.partitionLeaderEpoch()));
        }
      }
    }
    return Optional.empty();
  }

  /** Moves the log's start forward; it never moves back. */
  void deleteBefore(long offset) {
    if (offset > endOffset) {
      throw new IllegalArgumentException(offset + " is beyond the end, " + endOffset);
    }
    if (offset > startOffset) {
      startOffset = offset;
      entries.subList(0, indexOf(offset)).clear();
      transactions.deleteBefore(offset);
    }
  }

  /** The batches that are still there, for checks. */
  List<RecordBatch> batches() {
    return entries.stream().map(Entry::batch).toList();
  }

  /** The index of the first batch that ends at or behind the offset. */
  private int indexOf(long offset) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).batch.lastOffset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long startPosition(int index) {
    Entry entry = entries.get(index);
    return index == 0
        ? entry.endPosition - entry.batch.sizeInBytes()
        : entries.get(index - 1).endPosition;
  }

  private long endPosition() {
    return endPosition(entries.size());
  }

  /** Where the last batch before that index ends. */
  private long endPosition(int end) {
    return end == 0 ? 0 : entries.get(end - 1).endPosition;
  }

  private static long maxTimestamp(RecordBatch batch) {
    long max = Long.MIN_VALUE;
    for (LogRecord logRecord : batch.records()) {
      max = Math.max(max, logRecord.timestamp());
    }
    return max;
  }

  /**
   * What became of a batch.
   *
   * @param appended the batch as it is stored now; empty if it was refused or there already
   */
  record Append(ErrorCode error, long baseOffset, Optional<RecordBatch> appended) {
    static Append refused(ErrorCode error) {
      return new Append(error, -1, Optional.empty());
    }
  }

  /** Some batches, and the bytes that they count for against the limits of a fetch. */
  record Slice(List<RecordBatch> batches, long bytes) {
    static final Slice EMPTY = new Slice(List.of(), 0);
  }

  /** A record found by its timestamp. */
  record Found(long timestamp, long offset, int leaderEpoch) {}

  private record Entry(RecordBatch batch, long endPosition, long maxTimestamp) {}
}
