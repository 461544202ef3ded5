package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.RecordBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One pass of the log cleaner over the part of a log before an offset: of each key the last record
 * stays. A tombstone stays until a time after it was first passed over; so does a marker from the
 * pass on in which nothing is left of its transaction. Aborted records go. Offsets never change; a
 * batch that is the last of its producer, or of the pass, stays even if nothing is left in it.
 */
final class Compaction {
  /** A batch after the pass; whoever reads it finds its records gone where they are. */
  record Result(List<RecordBatch> batches, List<Removed> removed, List<Long> markersGone) {}

  /** Offsets whose records are gone. */
  record Removed(long fromOffset, long toOffset) {}

  private final long nowMillis;
  private final long deleteRetentionMs;
  private final ProducerStates producers;
  private final LogTransactions transactions;
  private final Map<ByteBuffer, Long> latest = new HashMap<>(); // Looked up only.
  private final Set<Long> committing = new LinkedHashSet<>();
  private final Set<Long> aborting = new LinkedHashSet<>();
  private final List<RecordBatch> kept = new ArrayList<>();
  private final List<Removed> removed = new ArrayList<>();
  private final List<Long> markersGone = new ArrayList<>();

  Compaction(
      long nowMillis,
      long deleteRetentionMs,
      ProducerStates producers,
      LogTransactions transactions) {
    this.nowMillis = nowMillis;
    this.deleteRetentionMs = deleteRetentionMs;
    this.producers = producers;
    this.transactions = transactions;
  }

  /**
   * Cleans.
   *
   * @param batches the log before {@code end}
   * @param firstDirty from where on keys have not been looked at before
   */
  Result clean(List<RecordBatch> batches, long firstDirty, long end) {
    batches.forEach(batch -> index(batch, firstDirty));
    aborting.clear();
    committing.clear();
    batches.forEach(batch -> filter(batch, end));
    return new Result(kept, removed, markersGone);
  }

  private void index(RecordBatch batch, long firstDirty) {
    if (batch.lastOffset() < firstDirty) {
      return;
    }
    if (batch.isControl() || transactions.isAborted(batch)) {
      return;
    }
    for (LogRecord logRecord : batch.records()) {
      byte[] key = logRecord.key();
      long offset = batch.baseOffset() + logRecord.offsetDelta();
      if (key != null && offset >= firstDirty) {
        latest.put(ByteBuffer.wrap(key), offset);
      }
    }
  }

  private void filter(RecordBatch batch, long end) {
    boolean spent = isSpent(batch);
    boolean discarded =
        spent
            && (!batch.isControl()
                || (batch.deleteHorizonMs() >= 0 && batch.deleteHorizonMs() <= nowMillis));
    List<LogRecord> left = discarded ? List.of() : left(batch);
    boolean tombstones = left.stream().anyMatch(each -> each.value() == null);
    long horizon = batch.deleteHorizonMs();
    if (horizon < 0 && ((tombstones && !batch.isControl()) || (spent && batch.isControl()))) {
      horizon = nowMillis + deleteRetentionMs;
    }
    boolean needed = !left.isEmpty() || producers.isLastOf(batch) || batch.lastOffset() + 1 == end;
    note(batch, left);
    if (needed) {
      boolean same = left.size() == batch.records().size() && horizon == batch.deleteHorizonMs();
      kept.add(same ? batch : batch.retaining(left, horizon));
    } else if (batch.isControl()) {
      markersGone.add(batch.baseOffset());
    }
  }

  /** Whether nobody needs the batch any more: aborted records, or a marker of nothing. */
  private boolean isSpent(RecordBatch batch) {
    switch (batch.kind()) {
      case PLAIN -> {
        return false;
      }
      case TRANSACTIONAL -> {
        if (transactions.isAborted(batch)) {
          aborting.add(batch.producerId());
          return true;
        }
        committing.add(batch.producerId());
        return false;
      }
      case COMMIT_MARKER -> {
        return !committing.remove(batch.producerId());
      }
      case ABORT_MARKER -> {
        return !aborting.remove(batch.producerId());
      }
    }
    throw new AssertionError("unknown kind " + batch.kind());
  }

  private List<LogRecord> left(RecordBatch batch) {
    return batch.isControl()
        ? batch.records()
        : batch.records().stream().filter(each -> stays(batch, each)).toList();
  }

  private boolean stays(RecordBatch batch, LogRecord logRecord) {
    byte[] key = logRecord.key();
    if (key == null) {
      return false;
    }
    long offset = batch.baseOffset() + logRecord.offsetDelta();
    Long last = latest.get(ByteBuffer.wrap(key));
    boolean young = batch.deleteHorizonMs() < 0 || nowMillis < batch.deleteHorizonMs();
    return (last == null || offset >= last) && (logRecord.value() != null || young);
  }

  private void note(RecordBatch batch, List<LogRecord> left) {
    if (batch.isControl()) {
      return;
    }
    int next = 0;
    for (LogRecord before : batch.records()) {
      if (next < left.size() && left.get(next) == before) {
        next++;
        continue;
      }
      long offset = batch.baseOffset() + before.offsetDelta();
      Removed last = removed.isEmpty() ? null : removed.get(removed.size() - 1);
      if (last != null && last.toOffset() == offset) {
        removed.set(removed.size() - 1, new Removed(last.fromOffset(), offset + 1));
      } else {
        removed.add(new Removed(offset, offset + 1));
      }
    }
  }
}
