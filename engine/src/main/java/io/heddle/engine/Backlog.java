package io.heddle.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What came in and was not handled yet: batches, record by record, and interjections. */
final class Backlog {
  private final Deque<Intake> queue = new ArrayDeque<>();
  private int next;

  void add(Intake intake) {
    queue.add(intake);
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Whose turn it is, or null. */
  @Nullable Intake current() {
    return queue.peekFirst();
  }

  /** The next record of the batch that is {@link #current}, or null when that is exhausted. */
  @Nullable ConsumerRecord<byte[], byte[]> nextRecord(RecordBatch batch) {
    return isExhausted(batch) ? null : batch.records().get(next++);
  }

  /** Whether the batch, which is {@link #current} or nothing is any more, has no more records. */
  boolean isExhausted(RecordBatch batch) {
    return queue.peekFirst() == batch && next == batch.records().size();
  }

  void dropCurrent() {
    queue.removeFirst();
    next = 0;
  }

  void clear(Consumer<Interjection> dropped) {
    for (Intake intake : queue) {
      if (intake instanceof Interjection interjection) {
        dropped.accept(interjection);
      }
    }
    queue.clear();
    next = 0;
  }
}
