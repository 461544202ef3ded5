package io.heddle.simulator.broker;

/** Which broker coordinates which group: the one that leads the group's offsets partition. */
final class Coordinators {
  /** The partitions of {@code __consumer_offsets}. */
  private static final int OFFSETS_PARTITIONS = 50;

  private final int brokers;

  Coordinators(int brokers) {
    this.brokers = brokers;
  }

  int of(String groupId) {
    int hash = groupId.hashCode();
    int partition = (hash == Integer.MIN_VALUE ? 0 : Math.abs(hash)) % OFFSETS_PARTITIONS;
    return partition % brokers;
  }

  boolean isAt(int brokerId, String groupId) {
    return of(groupId) == brokerId;
  }
}
