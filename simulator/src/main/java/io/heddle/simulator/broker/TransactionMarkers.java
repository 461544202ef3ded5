package io.heddle.simulator.broker;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * Brings the outcome of transactions to where they have written: WriteTxnMarkers from the
 * coordinator to each partition's leader, as an event that takes a time of its own, and is tried
 * again while there is no leader. A partition that has been deleted meanwhile needs none.
 */
final class TransactionMarkers {
  private static final long RETRY_NANOS = 100_000_000;

  /** A marker that hangs until faults end. */
  static final long HUNG = Long.MAX_VALUE;

  /** A marker on its way. */
  private record Sent(TransactionMetadata transaction, TopicPartition partition) {}

  private final Topics topics;
  private final OffsetStore offsets;
  private final Brokers brokers;
  private final Coordinators groupSeats;
  private final Surroundings surroundings;
  private final Map<Sent, Surroundings.Timer> underWay = new LinkedHashMap<>();
  private final List<Runnable> hung = new ArrayList<>();
  private ToLongFunction<TopicPartition> extraDelay = partition -> 0;

  TransactionMarkers(
      Topics topics,
      OffsetStore offsets,
      Brokers brokers,
      Coordinators groupSeats,
      Surroundings surroundings) {
    this.topics = topics;
    this.offsets = offsets;
    this.brokers = brokers;
    this.groupSeats = groupSeats;
    this.surroundings = surroundings;
  }

  /**
   * Chooses how much longer each marker takes from now on, in nanoseconds; {@link #HUNG} for one
   * that does not arrive until {@link #releaseHung}.
   */
  void delay(ToLongFunction<TopicPartition> nanos) {
    extraDelay = nanos;
  }

  /** Lets the markers go that hang. */
  void releaseHung() {
    List<Runnable> freed = List.copyOf(hung);
    hung.clear();
    freed.forEach(Runnable::run);
  }

  void send(TransactionMetadata transaction, int coordinatorEpoch) {
    if (transaction.partitions().isEmpty()) {
      transaction.complete();
    }
    for (TopicPartition partition : transaction.partitions()) {
      long extra = extraDelay.applyAsLong(partition);
      Sent sent = new Sent(transaction, partition);
      if (extra == HUNG) {
        hung.add(() -> schedule(sent, coordinatorEpoch, 0));
      } else {
        schedule(sent, coordinatorEpoch, surroundings.markerDelayNanos() + extra);
      }
    }
  }

  /** What a coordinator had sent is forgotten with it; its successor sends it again. */
  void forget(TransactionMetadata transaction) {
    for (TopicPartition partition : transaction.partitions()) {
      Surroundings.Timer timer = underWay.remove(new Sent(transaction, partition));
      if (timer != null) {
        timer.cancel();
      }
    }
  }

  private void schedule(Sent sent, int coordinatorEpoch, long delayNanos) {
    underWay.put(sent, surroundings.after(delayNanos, () -> arrive(sent, coordinatorEpoch)));
  }

  private void arrive(Sent sent, int coordinatorEpoch) {
    underWay.remove(sent);
    TransactionMetadata transaction = sent.transaction;
    if (!transaction.state().isEnding() || !transaction.contains(List.of(sent.partition))) {
      // It hung while another coordinator came and sent it, too.
      return;
    }
    if (!isReachable(sent.partition)) {
      schedule(sent, coordinatorEpoch, RETRY_NANOS);
      return;
    }
    write(sent.partition, transaction, coordinatorEpoch);
    if (transaction.marked(sent.partition)) {
      transaction.complete();
    }
  }

  private boolean isReachable(TopicPartition id) {
    if (Coordinators.isOffsetsPartition(id)) {
      int leader = groupSeats.leaderOf(id.partition());
      return leader != Partition.NO_LEADER
          && brokers.isUp(leader)
          && groupSeats.isLoaded(id.partition());
    }
    Optional<Partition> partition = topics.find(id);
    return partition.isEmpty()
        || (partition.get().leader() != Partition.NO_LEADER
            && brokers.isUp(partition.get().leader()));
  }

  private void write(TopicPartition id, TransactionMetadata transaction, int coordinatorEpoch) {
    boolean commit = transaction.is(TransactionState.PREPARE_COMMIT);
    if (Coordinators.isOffsetsPartition(id)) {
      for (PendingOffsets.Pending made :
          offsets.endTransaction(id.partition(), transaction.producerId(), commit)) {
        surroundings.record(made.committed(surroundings.nanoTime()));
      }
      return;
    }
    Partition partition = topics.find(id).orElse(null);
    if (partition == null) {
      return;
    }
    RecordBatch marker =
        RecordBatch.marker(
            transaction.producerId(),
            transaction.epoch(),
            commit,
            coordinatorEpoch,
            surroundings.wallMillis());
    for (RecordBatch aborted :
        partition
            .log()
            .appendMarker(marker, topics.configOf(id.topic()), surroundings.wallMillis())) {
      surroundings.record(
          new Fact.Removed(
              surroundings.nanoTime(), id, aborted.baseOffset(), aborted.lastOffset() + 1));
    }
    partition.wake();
  }
}
