package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a log remembers of idempotent producers: for each its epoch and its last five batches, so
 * that a batch sent again is recognised and one that is missing is noticed.
 */
final class ProducerStates {
  private static final int BATCHES_REMEMBERED = 5;

  private final Map<Long, State> states = new LinkedHashMap<>();

  /** The offset at which this very batch was appended before, if the producer sends it again. */
  OptionalLong duplicateOf(RecordBatch batch) {
    State state = states.get(batch.producerId());
    if (state == null || state.epoch != batch.producerEpoch()) {
      return OptionalLong.empty();
    }
    for (Remembered remembered : state.batches) {
      if (remembered.firstSequence == batch.baseSequence()
          && remembered.lastSequence == batch.lastSequence()) {
        return OptionalLong.of(remembered.baseOffset);
      }
    }
    return OptionalLong.empty();
  }

  /** Whether the batch is the producer's next. */
  ErrorCode check(RecordBatch batch) {
    State state = states.get(batch.producerId());
    if (state == null && batch.isTransactional()) {
      // A transaction's sequence begins with it; what was before it cannot have been deleted.
      return batch.baseSequence() == 0 ? ErrorCode.NONE : ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER;
    }
    if (state == null) {
      // Kafka accepts any sequence number from a producer of which it knows nothing: its records
      // may have been deleted.
      return ErrorCode.NONE;
    }
    if (batch.producerEpoch() < state.epoch) {
      return ErrorCode.INVALID_PRODUCER_EPOCH;
    }
    int expected =
        batch.producerEpoch() == state.epoch && !state.batches.isEmpty()
            ? (state.batches.getLast().lastSequence + 1) & Integer.MAX_VALUE
            : 0;
    return batch.baseSequence() == expected
        ? ErrorCode.NONE
        : ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER;
  }

  /** Remembers a batch that was appended. */
  void appended(RecordBatch batch, long baseOffset) {
    State state = states.computeIfAbsent(batch.producerId(), id -> new State());
    if (state.epoch != batch.producerEpoch()) {
      state.batches.clear();
      state.epoch = batch.producerEpoch();
    }
    if (state.batches.size() == BATCHES_REMEMBERED) {
      state.batches.removeFirst();
    }
    state.batches.addLast(new Remembered(batch.baseSequence(), batch.lastSequence(), baseOffset));
    state.lastOffset = batch.lastOffset();
  }

  /** A marker of that epoch ends what the producer has sent before. */
  void marked(long producerId, short epoch, long offset) {
    State state = states.computeIfAbsent(producerId, id -> new State());
    if (epoch < state.epoch) {
      throw new IllegalStateException(
          "a marker of epoch " + epoch + " for producer " + producerId + " in " + state.epoch);
    }
    state.epoch = epoch;
    state.batches.clear();
    state.lastOffset = offset;
  }

  /** Whether the batch is the last that the log has of a producer that is still remembered. */
  boolean isLastOf(RecordBatch batch) {
    State state = states.get(batch.producerId());
    if (state == null) {
      return false;
    }
    return state.batches.isEmpty()
        ? batch.isControl() && batch.producerEpoch() == state.epoch
        : batch.lastOffset() == state.lastOffset;
  }

  /**
   * Nothing is remembered of any other producer, as after {@code producer.id.expiration.ms}.
   *
   * @return how many were forgotten
   */
  int forgetAllBut(Collection<Long> producerIds) {
    int known = states.size();
    states.keySet().retainAll(producerIds);
    return known - states.size();
  }

  /** Forgets whoever has written from the offset on; returns those who had not. */
  Set<Long> truncate(long offset) {
    states.values().removeIf(state -> state.lastOffset >= offset);
    return new TreeSet<>(states.keySet());
  }

  /** Whether the producer has written there in that epoch and no other since. */
  boolean isCurrent(long producerId, short epoch) {
    State state = states.get(producerId);
    return state != null && state.epoch == epoch;
  }

  private static final class State {
    private short epoch = -1;
    private long lastOffset = -1;
    private final Deque<Remembered> batches = new ArrayDeque<>();
  }

  private record Remembered(int firstSequence, int lastSequence, long baseOffset) {}
}
