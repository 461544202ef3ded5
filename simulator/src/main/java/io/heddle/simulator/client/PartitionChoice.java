package io.heddle.simulator.client;

import io.heddle.simulator.choice.Choices;
import java.util.Optional;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The partition to which a record goes: its own, or its partitioner's, its key's, or any. */
final class PartitionChoice {
  private final ClusterView cluster;
  private final Optional<Partitioner> partitioner;
  private final boolean ignoresKeys;
  private final StickyPartitions sticky;

  private PartitionChoice(
      ClusterView cluster,
      Optional<Partitioner> partitioner,
      boolean ignoresKeys,
      Choices choices) {
    this.cluster = cluster;
    this.partitioner = partitioner;
    this.ignoresKeys = ignoresKeys;
    this.sticky = new StickyPartitions(choices);
  }

  /** As the producer is configured. */
  static PartitionChoice of(ClusterView cluster, ProducerSettings settings, Choices choices) {
    boolean ignoresKeys =
        settings.config().getBoolean(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG);
    return new PartitionChoice(cluster, settings.partitioner(), ignoresKeys, choices);
  }

  int of(ProducerRecord<?, ?> record, byte @Nullable [] key, byte @Nullable [] value) {
    Integer explicit = record.partition();
    if (explicit != null) {
      return explicit;
    }
    int count = cluster.partitions(record.topic());
    if (partitioner.isPresent()) {
      int chosen =
          partitioner
              .get()
              .partition(
                  record.topic(), record.key(), key, record.value(), value, cluster.toCluster());
      if (chosen < 0) {
        throw new IllegalArgumentException(
            "The partitioner generated an invalid partition number: "
                + chosen
                + ". Partition number should always be non-negative.");
      }
      return chosen;
    }
    if (key != null && !ignoresKeys) {
      return Murmur2.partition(key, count);
    }
    return sticky.partition(record.topic(), count);
  }

  /** A new batch begins in the partition: the next keyless record may go elsewhere. */
  void newBatch(TopicPartition partition) {
    sticky.newBatch(partition);
  }
}
