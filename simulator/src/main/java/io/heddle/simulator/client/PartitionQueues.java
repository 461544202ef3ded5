package io.heddle.simulator.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** A producer's queues, in the order in which its partitions were first written to. */
final class PartitionQueues {
  private final Map<TopicPartition, PartitionQueue> queues = new LinkedHashMap<>();
  // No waiting batch expires before this: later batches expire later, and what returns says so.
  private long expiryNanos = Long.MAX_VALUE;
  private long looks;
  private long bufferedBytes;
  private long allocatedBytes;

  PartitionQueue of(TopicPartition partition) {
    return queues.computeIfAbsent(partition, PartitionQueue::new);
  }

  /** How many bytes of records are in them or on their way. */
  long bufferedBytes() {
    return bufferedBytes;
  }

  /**
   * How much of kafka-clients' buffer they would take, where a batch has its room from the first.
   */
  long allocatedBytes() {
    return allocatedBytes;
  }

  /** A record is about to be added to the batch. */
  void buffered(PendingBatch batch, int bytes) {
    bufferedBytes += bytes;
    if (batch.size() == 0) {
      allocatedBytes += batch.allocatedBytes();
    }
  }

  /** What the batch takes is free again. */
  void freed(PendingBatch batch) {
    bufferedBytes -= batch.bufferedBytes();
    allocatedBytes -= batch.allocatedBytes();
  }

  /** All of them, to be looked at. */
  Collection<PartitionQueue> all() {
    looks += queues.size();
    return queues.values();
  }

  /** How many have been handed out by {@link #all}, each as often as it was. */
  long looks() {
    return looks;
  }

  /** Before this time no batch that waits expires. */
  long expiryNanos() {
    return expiryNanos;
  }

  /** The batches that have waited for too long; notes when the first of the others will have. */
  List<PendingBatch> expired(long nowNanos, long timeoutNanos) {
    List<PendingBatch> expired = new ArrayList<>();
    expiryNanos = Long.MAX_VALUE;
    for (PartitionQueue queue : all()) {
      for (PendingBatch batch : queue.waitingSince(nowNanos - timeoutNanos)) {
        long deadline = batch.createdNanos() + timeoutNanos;
        if (nowNanos >= deadline) {
          expired.add(batch);
        } else {
          expiryBy(deadline);
        }
      }
    }
    return expired;
  }

  /** A batch begins to wait that expires then. */
  void expiryBy(long nanos) {
    expiryNanos = Math.min(expiryNanos, nanos);
  }
}
