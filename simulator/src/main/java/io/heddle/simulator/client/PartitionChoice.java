package io.heddle.simulator.client;

import io.heddle.simulator.choice.Choices;
import java.util.Optional;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The partition to which a record goes: its own, or its partitioner's, its key's, or any. */
final class PartitionChoice {
  private final ClusterView cluster;
  private final Optional<Partitioner> partitioner;
  private final StickyPartitions sticky;

  PartitionChoice(ClusterView cluster, Optional<Partitioner> partitioner, Choices choices) {
    this.cluster = cluster;
    this.partitioner = partitioner;
    this.sticky = new StickyPartitions(choices);
  }

  int of(ProducerRecord<?, ?> record, byte @Nullable [] key, byte @Nullable [] value) {
    Integer explicit = record.partition();
    if (explicit != null) {
      return explicit;
    }
    int count = cluster.partitions(record.topic());
    if (partitioner.isPresent()) {
      return partitioner
          .get()
          .partition(record.topic(), record.key(), key, record.value(), value, cluster.toCluster());
    }
    if (key != null) {
      return Murmur2.partition(key, count);
    }
    return sticky.partition(record.topic(), count);
  }

  /** A new batch begins in the partition: the next keyless record may go elsewhere. */
  void newBatch(TopicPartition partition) {
    sticky.newBatch(partition);
  }
}
