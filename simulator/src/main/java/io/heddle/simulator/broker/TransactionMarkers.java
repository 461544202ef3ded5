package io.heddle.simulator.broker;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.protocol.RecordBatch;
import org.apache.kafka.common.TopicPartition;

/**
 * Brings the outcome of transactions to where they have written: WriteTxnMarkers from the
 * coordinator to each partition's leader, as an event that takes a time of its own. A partition
 * that has been deleted meanwhile needs none.
 */
final class TransactionMarkers {
  private final Topics topics;
  private final OffsetStore offsets;
  private final Surroundings surroundings;

  TransactionMarkers(Topics topics, OffsetStore offsets, Surroundings surroundings) {
    this.topics = topics;
    this.offsets = offsets;
    this.surroundings = surroundings;
  }

  void send(TransactionMetadata transaction) {
    boolean commit = transaction.is(TransactionState.PREPARE_COMMIT);
    ProducerIdAndEpoch producer =
        new ProducerIdAndEpoch(transaction.producerId(), transaction.epoch());
    if (transaction.partitions().isEmpty()) {
      transaction.complete();
    }
    for (TopicPartition partition : transaction.partitions()) {
      surroundings.after(
          surroundings.markerDelayNanos(),
          () -> {
            write(partition, producer, commit);
            if (transaction.marked(partition)) {
              transaction.complete();
            }
          });
    }
  }

  private void write(TopicPartition id, ProducerIdAndEpoch producer, boolean commit) {
    if (Coordinators.isOffsetsPartition(id)) {
      for (PendingOffsets.Pending made :
          offsets.endTransaction(id.partition(), producer.id(), commit)) {
        surroundings.record(made.committed(surroundings.nanoTime()));
      }
      return;
    }
    Partition partition = topics.find(id).orElse(null);
    if (partition == null) {
      return;
    }
    PartitionLog log = partition.log();
    RecordBatch marker =
        RecordBatch.marker(producer.id(), producer.epoch(), commit, surroundings.wallMillis());
    for (RecordBatch aborted : log.appendMarker(marker)) {
      surroundings.record(
          new Fact.Removed(
              surroundings.nanoTime(), id, aborted.baseOffset(), aborted.lastOffset() + 1));
    }
    partition.wake();
  }
}
