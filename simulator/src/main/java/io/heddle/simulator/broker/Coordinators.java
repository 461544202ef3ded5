package io.heddle.simulator.broker;

import org.apache.kafka.common.TopicPartition;

/**
 * Which broker coordinates which group, or which producer's transactions: the one that leads the
 * partition to which the group's or the transactional id belongs, among the 50 of {@code
 * __consumer_offsets} or {@code __transaction_state}.
 */
final class Coordinators {
  private static final String OFFSETS_TOPIC = "__consumer_offsets";
  private static final int PARTITIONS = 50;

  private final int brokers;

  Coordinators(int brokers) {
    this.brokers = brokers;
  }

  int of(String id) {
    return partitionOf(id) % brokers;
  }

  boolean isAt(int brokerId, String id) {
    return of(id) == brokerId;
  }

  /** The partition that holds the group's offsets. */
  static TopicPartition offsetsPartitionOf(String groupId) {
    return offsetsPartition(partitionOf(groupId));
  }

  static TopicPartition offsetsPartition(int partition) {
    return new TopicPartition(OFFSETS_TOPIC, partition);
  }

  static boolean isOffsetsPartition(TopicPartition partition) {
    return partition.topic().equals(OFFSETS_TOPIC);
  }

  private static int partitionOf(String id) {
    int hash = id.hashCode();
    return (hash == Integer.MIN_VALUE ? 0 : Math.abs(hash)) % PARTITIONS;
  }
}
