package io.heddle.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Batches that were polled and not handled yet, record by record. Not thread-safe. */
final class Backlog {
  private final Deque<RecordBatch> batches = new ArrayDeque<>();
  private int next;

  void add(RecordBatch batch) {
    batches.add(batch);
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  /** The batch whose turn it is, or null. */
  @Nullable RecordBatch current() {
    return batches.peekFirst();
  }

  /** The next record of {@link #current}, or null when that is exhausted. */
  @Nullable ConsumerRecord<byte[], byte[]> nextRecord() {
    RecordBatch batch = batches.peekFirst();
    return batch == null || next == batch.records().size() ? null : batch.records().get(next++);
  }

  boolean isCurrentExhausted() {
    RecordBatch batch = batches.peekFirst();
    return batch != null && next == batch.records().size();
  }

  void dropCurrent() {
    batches.removeFirst();
    next = 0;
  }

  void clear() {
    batches.clear();
    next = 0;
  }
}
