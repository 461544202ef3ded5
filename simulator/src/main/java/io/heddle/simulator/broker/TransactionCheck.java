package io.heddle.simulator.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** Looks for what must never be true of transactions inside the brokers. */
final class TransactionCheck {
  private final Topics topics;
  private final OffsetStore offsets;
  private final TransactionCoordinator coordinator;
  private final Coordinators seats;
  private final List<String> violations = new ArrayList<>();

  TransactionCheck(
      Topics topics, OffsetStore offsets, TransactionCoordinator coordinator, Coordinators seats) {
    this.seats = seats;
    this.topics = topics;
    this.offsets = offsets;
    this.coordinator = coordinator;
  }

  List<String> violations() {
    for (Topic topic : topics.all()) {
      for (Partition partition : topic.partitions()) {
        checkLog(partition);
      }
    }
    for (int producerPartition : offsets.pending().partitions()) {
      TopicPartition id = Coordinators.offsetsPartition(producerPartition);
      for (long producerId : offsets.pending().producers(producerPartition)) {
        checkOpen(id, producerId);
      }
    }
    coordinator.all().forEach(this::checkTransaction);
    return violations;
  }

  private void checkLog(Partition partition) {
    PartitionLog log = partition.log();
    long stable = log.lastStableOffset();
    if (stable < log.startOffset() || stable > log.endOffset()) {
      violations.add(partition.id() + " is said to be stable up to " + stable);
    }
    if (log.hasLostRecords()) {
      // A marker may have been among them, and then nobody knows of a transaction that hangs.
      return;
    }
    for (long producerId : log.transactions().openProducers()) {
      checkOpen(partition.id(), producerId);
    }
  }

  /** Whoever has written in a transaction must be known to the coordinator, or it never ends. */
  private void checkOpen(TopicPartition id, long producerId) {
    Optional<TransactionMetadata> owner =
        coordinator.all().stream().filter(it -> it.producerId() == producerId).findFirst();
    if (owner.isEmpty() || !owner.get().contains(List.of(id))) {
      violations.add(
          id + " has an open transaction of producer " + producerId + ", which never ends");
    }
  }

  private void checkTransaction(TransactionMetadata transaction) {
    String id = "transactional id " + transaction.transactionalId();
    boolean ongoing = transaction.is(TransactionState.ONGOING);
    boolean loaded = seats.isLoaded(Coordinators.partitionOf(transaction.transactionalId()));
    if ((ongoing && loaded) != coordinator.isTimed(transaction)) {
      violations.add(
          id + " in " + transaction.state() + (ongoing ? " has no" : " has a") + " timer");
    }
    boolean hasPartitions = !transaction.partitions().isEmpty();
    if (hasPartitions != (ongoing || transaction.state().isEnding())) {
      violations.add(id + " in " + transaction.state() + " has " + transaction.partitions());
    }
  }
}
