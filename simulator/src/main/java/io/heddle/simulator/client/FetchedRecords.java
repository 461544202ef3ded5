package io.heddle.simulator.client;

import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has been fetched of a partition and not been read; what is read of it is counted. */
final class FetchedRecords {
  private final Deque<FetchedBatch> batches = new ArrayDeque<>();
  private @Nullable FetchedPart part;
  private int next;
  // The first record that was read of the first batch, which is left as it is until then.
  private int first = -1;

  /** Whether something of this part is left. */
  boolean has(FetchedPart some) {
    return part == some;
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  void add(List<FetchedBatch> fetched, FetchedPart from) {
    batches.addAll(fetched);
    part = from;
  }

  /** The batch that is read now. */
  RecordBatch batch() {
    return batches.element().batch();
  }

  /** The next record of this batch that is not before the position, if there is one. */
  @Nullable LogRecord nextFrom(long position) {
    FetchedBatch current = batches.element();
    if (!current.visible()) {
      return null;
    }
    RecordBatch batch = current.batch();
    while (next < batch.records().size()) {
      LogRecord candidate = batch.records().get(next);
      if (batch.baseOffset() + candidate.offsetDelta() >= position) {
        return candidate;
      }
      next++;
    }
    return null;
  }

  /** The next record was read. */
  void read() {
    if (first < 0) {
      first = next;
    }
    next++;
  }

  /** There is nothing more in this batch. */
  void leaveBatch() {
    count();
    batches.remove();
    if (batches.isEmpty()) {
      end();
    }
  }

  /** Nothing of it will be read. */
  void drop() {
    if (!batches.isEmpty()) {
      count();
      batches.clear();
      end();
    }
  }

  /** A batch at a time, so that reading a record costs nothing for it. */
  private void count() {
    if (first >= 0 && part != null) {
      List<LogRecord> records = batch().records();
      long base = records.get(0).timestamp();
      int size = 0;
      for (int i = first; i < next; i++) {
        LogRecord each = records.get(i);
        size += RecordSizes.of(each, each.offsetDelta(), each.timestamp() - base);
      }
      part.read(next - first, size);
    }
    first = -1;
    next = 0;
  }

  private void end() {
    FetchedPart ended = part;
    part = null;
    if (ended != null) {
      ended.over();
    }
  }
}
