package io.heddle.simulator.client;

import io.heddle.simulator.protocol.LogRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The batches of one partition: those that wait, in order, and those under way. */
final class PartitionQueue {
  private final TopicPartition partition;
  // Those that were sent before are in front; behind them, the others in the order of their making.
  private final ArrayDeque<PendingBatch> waiting = new ArrayDeque<>();
  private final List<PendingBatch> inFlight = new ArrayList<>();
  private final TreeMap<Integer, PendingBatch> sequenced = new TreeMap<>();
  private int nextSequence;
  private boolean acknowledged;

  PartitionQueue(TopicPartition partition) {
    this.partition = partition;
  }

  /** The batch to which the record can be added; a record that takes more has one of its own. */
  PendingBatch open(LogRecord record, int batchBytes, long nowNanos) {
    PendingBatch last = waiting.peekLast();
    if (last != null && last.fits(record)) {
      return last;
    }
    if (last != null) {
      last.close();
    }
    int room = Math.max(batchBytes, RecordSizes.upperBound(record));
    PendingBatch batch = new PendingBatch(partition, nowNanos, room);
    waiting.add(batch);
    return batch;
  }

  @Nullable PendingBatch head() {
    return waiting.peekFirst();
  }

  int waitingCount() {
    return waiting.size();
  }

  boolean idle() {
    return waiting.isEmpty() && inFlight.isEmpty();
  }

  boolean hasInFlight() {
    return !inFlight.isEmpty();
  }

  /** A batch that has been sent before waits until it is the first of those not acknowledged. */
  boolean mustWait(PendingBatch head) {
    return head.baseSequence() != PendingBatch.NO_SEQUENCE
        && !sequenced.isEmpty()
        && sequenced.firstEntry().getValue() != head;
  }

  /** Takes the head on its way. */
  void sent(PendingBatch batch, boolean idempotent) {
    batch.close();
    waiting.remove(batch);
    inFlight.add(batch);
    batch.attempts().sent();
    if (idempotent && batch.baseSequence() == PendingBatch.NO_SEQUENCE) {
      batch.baseSequence(nextSequence);
      nextSequence = (int) (((long) nextSequence + batch.size()) & Integer.MAX_VALUE);
    }
    if (idempotent) {
      sequenced.put(batch.baseSequence(), batch);
    }
  }

  /** It has ended, well or badly. */
  void ended(PendingBatch batch) {
    if (!inFlight.remove(batch)) {
      waiting.remove(batch);
    }
    sequenced.remove(batch.baseSequence(), batch);
  }

  /** It goes back into the queue, before everything that was made after it. */
  void retry(PendingBatch batch) {
    inFlight.remove(batch);
    ArrayDeque<PendingBatch> before = new ArrayDeque<>();
    PendingBatch head = waiting.peekFirst();
    while (head != null
        && head.baseSequence() != PendingBatch.NO_SEQUENCE
        && head.baseSequence() < batch.baseSequence()) {
      before.push(waiting.removeFirst());
      head = waiting.peekFirst();
    }
    waiting.addFirst(batch);
    before.forEach(waiting::addFirst);
  }

  /**
   * In the place of a batch that is too large for the broker, smaller ones of its records go back
   * into the queue. They keep its sequence numbers, since those behind it have theirs.
   */
  void split(PendingBatch batch, int batchBytes) {
    ended(batch);
    batch.end();
    List<PendingBatch> parts = batch.split(batchBytes);
    for (int i = parts.size() - 1; i >= 0; i--) {
      PendingBatch part = parts.get(i);
      if (part.baseSequence() != PendingBatch.NO_SEQUENCE) {
        sequenced.put(part.baseSequence(), part);
      }
      retry(part);
    }
  }

  /** The broker has a batch. */
  void acknowledge() {
    acknowledged = true;
  }

  /** Whether it has one in this epoch of the producer. */
  boolean acknowledged() {
    return acknowledged;
  }

  boolean isFirstUnacknowledged(PendingBatch batch) {
    return !sequenced.isEmpty() && sequenced.firstEntry().getValue() == batch;
  }

  /** Sequence numbers start anew, in a new epoch of the producer; nothing may be in flight. */
  void renumber() {
    if (hasInFlight()) {
      throw new IllegalStateException("batches of " + partition + " are in flight");
    }
    sequenced.clear();
    nextSequence = 0;
    acknowledged = false;
    waiting.forEach(batch -> batch.baseSequence(PendingBatch.NO_SEQUENCE));
  }

  /** Everything whose outcome has not been told, oldest first. */
  List<PendingBatch> unended() {
    List<PendingBatch> all = new ArrayList<>(inFlight);
    all.addAll(waiting);
    return all;
  }

  List<PendingBatch> waiting() {
    return List.copyOf(waiting);
  }

  /**
   * Those that wait, up to the first that was never sent and was made after that moment: all behind
   * it were made later still. However deep the queue is, these are few.
   */
  List<PendingBatch> waitingSince(long nanos) {
    List<PendingBatch> first = new ArrayList<>();
    for (PendingBatch batch : waiting) {
      first.add(batch);
      if (!batch.attempts().any() && !batch.isSplit() && batch.createdNanos() > nanos) {
        break;
      }
    }
    return first;
  }
}
