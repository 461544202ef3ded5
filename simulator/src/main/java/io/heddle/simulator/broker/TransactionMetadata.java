package io.heddle.simulator.broker;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What the coordinator knows of a transactional id: its producer, and the transaction it is in. */
final class TransactionMetadata {
  static final long NO_PRODUCER_ID = -1;
  static final short NO_EPOCH = -1;

  private final String transactionalId;
  private final Set<TopicPartition> partitions = new LinkedHashSet<>();
  private long producerId;
  private long previousProducerId = NO_PRODUCER_ID;
  private long nextProducerId = NO_PRODUCER_ID;
  private short epoch = NO_EPOCH;
  private short lastEpoch = NO_EPOCH;
  private int timeoutMs;
  private long startMillis = -1;
  private TransactionState state = TransactionState.EMPTY;

  TransactionMetadata(String transactionalId, long producerId) {
    this.transactionalId = transactionalId;
    this.producerId = producerId;
  }

  String transactionalId() {
    return transactionalId;
  }

  long producerId() {
    return producerId;
  }

  long previousProducerId() {
    return previousProducerId;
  }

  short epoch() {
    return epoch;
  }

  short lastEpoch() {
    return lastEpoch;
  }

  int timeoutMs() {
    return timeoutMs;
  }

  /** When the transaction began, in milliseconds since the epoch, or -1. */
  long startMillis() {
    return startMillis;
  }

  TransactionState state() {
    return state;
  }

  boolean is(TransactionState other) {
    return state == other;
  }

  /** A copy: where the transaction writes, the offsets partitions of groups included. */
  List<TopicPartition> partitions() {
    return List.copyOf(partitions);
  }

  boolean contains(Collection<TopicPartition> others) {
    return partitions.containsAll(others);
  }

  boolean isEpochExhausted() {
    return ProducerIdAndEpoch.isExhausted(epoch);
  }

  /** Who writes in the transaction after the one that ends now. */
  ProducerIdAndEpoch next() {
    return nextProducerId == NO_PRODUCER_ID
        ? new ProducerIdAndEpoch(producerId, epoch)
        : new ProducerIdAndEpoch(nextProducerId, (short) 0);
  }

  /** Begins a life of the producer in another epoch. */
  void initialize(short newEpoch, short newLastEpoch, int newTimeoutMs) {
    transitionTo(TransactionState.EMPTY);
    epoch = newEpoch;
    lastEpoch = newLastEpoch;
    timeoutMs = newTimeoutMs;
    startMillis = -1;
  }

  /** Begins a life of the producer under another id, since the old one has no epochs left. */
  void rotate(long newProducerId, short newLastEpoch, int newTimeoutMs) {
    previousProducerId = producerId;
    producerId = newProducerId;
    initialize((short) 0, newLastEpoch, newTimeoutMs);
  }

  /** Makes the partitions part of the transaction, which begins with the first. */
  void add(Collection<TopicPartition> added, long nowMillis) {
    if (state != TransactionState.ONGOING) {
      startMillis = nowMillis;
    }
    transitionTo(TransactionState.ONGOING);
    partitions.addAll(added);
  }

  /** Nobody writes in the current epoch any more. */
  void fence() {
    transitionTo(TransactionState.PREPARE_EPOCH_FENCE);
  }

  /**
   * Decides the outcome: the markers, and the transaction after them, are of the next epoch.
   *
   * @param newProducerId the id to go on with if this one has no epochs left, or -1
   */
  void prepare(boolean commit, long newProducerId, long nowMillis) {
    if (partitions.isEmpty()) {
      startMillis = nowMillis;
    }
    transitionTo(commit ? TransactionState.PREPARE_COMMIT : TransactionState.PREPARE_ABORT);
    lastEpoch = epoch;
    epoch++;
    nextProducerId = newProducerId;
  }

  /** The marker has been written there; whether it was the last. */
  boolean marked(TopicPartition partition) {
    if (!state.isEnding() || !partitions.remove(partition)) {
      throw new IllegalStateException(
          transactionalId + " in " + state + " has no marker to write to " + partition);
    }
    return partitions.isEmpty();
  }

  /** All markers have been written. */
  void complete() {
    transitionTo(
        state == TransactionState.PREPARE_COMMIT
            ? TransactionState.COMPLETE_COMMIT
            : TransactionState.COMPLETE_ABORT);
    if (nextProducerId != NO_PRODUCER_ID) {
      previousProducerId = producerId;
      lastEpoch = epoch;
      producerId = nextProducerId;
      epoch = 0;
      nextProducerId = NO_PRODUCER_ID;
    }
  }

  private void transitionTo(TransactionState next) {
    if (!state.canBecome(next)) {
      throw new IllegalStateException(
          "transactional id " + transactionalId + " cannot go from " + state + " to " + next);
    }
    state = next;
  }
}
