package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.IsolationLevel;

/**
 * The log of a partition: immutable batches in ascending order, shared with whoever reads them.
 * There are no followers, so the high watermark is the end of the log; the last stable offset is
 * where the first open transaction began. Offsets may have holes.
 */
final class PartitionLog {
  private final List<LogEntry> entries = new ArrayList<>();
  private final ProducerStates producers = new ProducerStates();
  private final LogTransactions transactions = new LogTransactions();
  private final LeaderEpochs epochs = new LeaderEpochs();
  private final LogSegments segments;
  private long startOffset;
  private long endOffset;
  private long cleanedTo;
  private boolean lostRecords;

  PartitionLog(int leaderEpoch, long nowMillis) {
    epochs.begin(leaderEpoch, 0);
    segments = new LogSegments(nowMillis);
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
    return transactions.isOpen(producer.id()) && remembers(producer.id(), producer.epoch());
  }

  /** Whether the producer has written here in that epoch, and none since. */
  boolean remembers(long producerId, short epoch) {
    return producers.isCurrent(producerId, epoch);
  }

  LeaderEpochs epochs() {
    return epochs;
  }

  /** A new leader: what is appended from here on is of its epoch. */
  void beginEpoch(int leaderEpoch) {
    epochs.begin(leaderEpoch, endOffset);
  }

  /** Takes the batch, or says why not; a batch taken before is answered as it was then. */
  Append append(RecordBatch batch, TopicConfig config, long nowMillis) {
    Optional<Append> refused = BatchRules.refusal(batch, config, nowMillis);
    if (refused.isPresent()) {
      return refused.get();
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
    RecordBatch timed = config.logAppendTime() ? batch.withLogAppendTime(nowMillis) : batch;
    RecordBatch stored = timed.appendedAt(endOffset, epochs.latest());
    if (stored.lastOffset() != endOffset + stored.records().size() - 1) {
      throw new IllegalArgumentException("offset deltas of a new batch must count up from 0");
    }
    add(stored, config, nowMillis);
    if (idempotent) {
      producers.appended(stored, stored.baseOffset());
    }
    if (stored.isTransactional()) {
      transactions.appended(stored.producerId(), stored.baseOffset());
    }
    return new Append(ErrorCode.NONE, stored.baseOffset(), Optional.of(stored));
  }

  private void add(RecordBatch stored, TopicConfig config, long nowMillis) {
    LogEntry entry = LogEntry.endingAt(endPosition() + stored.sizeInBytes(), stored);
    segments.makeRoom(endOffset, stored.sizeInBytes(), entry.maxTimestamp(), config, nowMillis);
    segments.active().add(entry);
    entries.add(entry);
    endOffset = stored.lastOffset() + 1;
  }

  /**
   * Ends the producer's transaction with a marker.
   *
   * @return the batches that are aborted by it
   */
  List<RecordBatch> appendMarker(RecordBatch marker, TopicConfig config, long nowMillis) {
    boolean commit = marker.kind() == RecordBatch.Kind.COMMIT_MARKER;
    long producerId = marker.producerId();
    List<RecordBatch> aborted = new ArrayList<>();
    Optional<Long> start = commit ? Optional.empty() : transactions.startOf(producerId);
    start.ifPresent(from -> batchesOf(producerId, from).forEach(aborted::add));
    RecordBatch stored = marker.appendedAt(endOffset, epochs.latest());
    producers.marked(producerId, marker.producerEpoch(), stored.baseOffset());
    add(stored, config, nowMillis);
    transactions.ended(producerId, stored.baseOffset(), commit);
    return aborted;
  }

  private Stream<RecordBatch> batchesOf(long producerId, long from) {
    return entries.subList(indexOf(from), entries.size()).stream()
        .map(LogEntry::batch)
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
      limit = Math.max(limit, entries.get(first).endPosition());
    }
    List<RecordBatch> batches = new ArrayList<>();
    for (int i = first; i < end && entries.get(i).endPosition() <= limit; i++) {
      batches.add(entries.get(i).batch());
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

  /**
   * The first record, from the log's start on, that is not earlier than the timestamp, if it is in
   * the first segment that has one.
   */
  Optional<LogEntry.Found> firstAtOrAfter(long timestamp) {
    return segments.firstAtOrAfter(timestamp, startOffset, endOffset, entries);
  }

  /**
   * The first record with the latest timestamp, which can be a marker, or deleted while its segment
   * is still there; empty without records.
   */
  Optional<LogEntry.Found> latestTimestamp() {
    return segments.latestTimestamp();
  }

  /** Moves the log's start forward; it never moves back. */
  void deleteBefore(long offset) {
    if (offset > endOffset) {
      throw new IllegalArgumentException(offset + " is beyond the end, " + endOffset);
    }
    if (offset > startOffset) {
      startOffset = offset;
      List<LogEntry> gone = entries.subList(0, indexOf(offset));
      gone.forEach(segments::deleted);
      gone.clear();
      transactions.deleteBefore(offset);
      epochs.deleteBefore(offset);
    }
  }

  /** Deletes segments that the policy no longer keeps; whether the start of the log has moved. */
  boolean deleteOld(TopicConfig config, long nowMillis) {
    long before = startOffset;
    deleteBefore(segments.deleteOld(startOffset, endOffset, config, nowMillis));
    return startOffset > before;
  }

  /** Begins a new segment, so that everything before it can be compacted or deleted. */
  void roll(long nowMillis) {
    segments.roll(endOffset, nowMillis);
  }

  /** How many segments there are, for checks. */
  int segmentCount() {
    return segments.count();
  }

  /**
   * Compacts what can be, if it is dirty enough.
   *
   * @param anyhow however little is dirty
   * @return what was removed; empty if there was nothing to clean
   */
  Optional<Compaction.Result> compact(TopicConfig config, long nowMillis, boolean anyhow) {
    long firstDirty = Math.min(Math.max(cleanedTo, startOffset), endOffset);
    long end = segments.firstUncleanable(firstDirty, lastStableOffset(), config, nowMillis);
    long clean = bytesBetween(0, firstDirty);
    long dirty = bytesBetween(firstDirty, end);
    boolean due = dirty > 0 && (anyhow || segments.overdue(firstDirty, end, config, nowMillis));
    boolean dirtyEnough = dirty > config.minCleanableDirtyRatio() * (clean + dirty);
    if (dirty == 0 || (!due && !dirtyEnough)) {
      return Optional.empty();
    }
    int cut = indexOf(end);
    List<RecordBatch> before = batches().subList(0, cut);
    List<RecordBatch> after = batches().subList(cut, entries.size());
    Compaction.Result result =
        new Compaction(nowMillis, config.deleteRetentionMs(), producers, transactions)
            .clean(before, firstDirty, end);
    transactions.forgetMarkers(result.markersGone());
    List<RecordBatch> all = new ArrayList<>(result.batches());
    all.addAll(after);
    replace(all);
    segments.recount(entries);
    cleanedTo = end;
    return Optional.of(result);
  }

  private long bytesBetween(long from, long to) {
    long bytes = 0;
    for (LogEntry entry : entries) {
      long offset = entry.batch().baseOffset();
      if (offset >= from && offset < to) {
        bytes += entry.batch().sizeInBytes();
      }
    }
    return bytes;
  }

  private void replace(List<RecordBatch> batches) {
    entries.clear();
    long position = 0;
    for (RecordBatch batch : batches) {
      position += batch.sizeInBytes();
      entries.add(LogEntry.endingAt(position, batch));
    }
  }

  /**
   * Cuts off the tail, as a leader's log is that missed it: from the batch on that holds the
   * offset.
   *
   * @return where the log ends now
   */
  long truncate(long offset, long nowMillis) {
    if (offset >= endOffset) {
      return endOffset;
    }
    long wanted = Math.max(offset, startOffset);
    int cut = indexOf(wanted);
    // Batches are not cut in two.
    long base = cut == entries.size() ? wanted : entries.get(cut).batch().baseOffset();
    long end = Math.max(startOffset, Math.min(base, wanted));
    replace(batches().subList(0, cut));
    segments.truncate(end, nowMillis);
    segments.recount(entries);
    endOffset = end;
    lostRecords = true;
    cleanedTo = Math.min(cleanedTo, end);
    epochs.truncate(end);
    transactions.clear();
    Set<Long> untouched = producers.truncate(end);
    entries.forEach(entry -> replay(entry.batch(), untouched.contains(entry.batch().producerId())));
    return end;
  }

  private void replay(RecordBatch batch, boolean producerKnown) {
    long producerId = batch.producerId();
    long offset = batch.baseOffset();
    if (batch.isControl()) {
      transactions.ended(producerId, offset, batch.kind() == RecordBatch.Kind.COMMIT_MARKER);
    } else if (batch.isTransactional()) {
      transactions.appended(producerId, offset);
    }
    if (producerId < 0 || producerKnown) {
      return;
    }
    if (batch.isControl()) {
      producers.marked(producerId, batch.producerEpoch(), offset);
    } else {
      producers.appended(batch, offset);
    }
  }

  /** Whether its tail was ever cut off. */
  boolean hasLostRecords() {
    return lostRecords;
  }

  /** Forgets producers that have no transaction open here; returns how many there were. */
  int expireProducers() {
    return producers.forgetAllBut(transactions.openProducers());
  }

  /** The batches that are still there, for checks. */
  List<RecordBatch> batches() {
    return entries.stream().map(LogEntry::batch).toList();
  }

  /** The index of the first batch that ends at or behind the offset. */
  private int indexOf(long offset) {
    int low = 0;
    int high = entries.size();
    // What is asked for most is near the end of the log: it is looked for from there, in steps that
    // double, since to halve a long log again and again means to go through all of its memory.
    for (int step = 1; low == 0 && step <= high; step <<= 1) {
      if (entries.get(high - step).batch().lastOffset() < offset) {
        low = high - step + 1;
      } else {
        high -= step;
      }
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).batch().lastOffset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long startPosition(int index) {
    LogEntry entry = entries.get(index);
    return index == 0
        ? entry.endPosition() - entry.batch().sizeInBytes()
        : entries.get(index - 1).endPosition();
  }

  private long endPosition() {
    return endPosition(entries.size());
  }

  /** Where the last batch before that index ends. */
  private long endPosition(int end) {
    return end == 0 ? 0 : entries.get(end - 1).endPosition();
  }
}
