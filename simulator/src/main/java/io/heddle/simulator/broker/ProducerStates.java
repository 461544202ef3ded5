package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a log remembers of idempotent producers: for each its epoch and its last five batches, so
 * that a batch sent again is recognised and one that is missing is noticed.
 */
final class ProducerStates {
  private static final int BATCHES_REMEMBERED = 5;

  /** Looked up by id only, never iterated. */
  private final Map<Long, State> states = new HashMap<>();

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
  }

  /** A marker of that epoch ends what the producer has sent before. */
  void marked(long producerId, short epoch) {
    State state = states.computeIfAbsent(producerId, id -> new State());
    if (epoch < state.epoch) {
      throw new IllegalStateException(
          "a marker of epoch " + epoch + " for producer " + producerId + " in " + state.epoch);
    }
    state.epoch = epoch;
    state.batches.clear();
  }

  /** Whether the producer has written there in that epoch and no other since. */
  boolean isCurrent(long producerId, short epoch) {
    State state = states.get(producerId);
    return state != null && state.epoch == epoch;
  }

  private static final class State {
    private short epoch = -1;
    private final Deque<Remembered> batches = new ArrayDeque<>();
  }

  private record Remembered(int firstSequence, int lastSequence, long baseOffset) {}
}
