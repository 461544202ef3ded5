package io.heddle.simulator.broker;

import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * What can happen to brokers, leaders, coordinators and logs, done from outside, past the protocol.
 * Not thread-safe: whoever has the turn uses it.
 */
public final class BrokerOperations {
  private final ClusterParts parts;

  BrokerOperations(ClusterParts parts) {
    this.parts = parts;
  }

  /** Whether the broker serves. */
  public boolean isUp(int broker) {
    return parts.brokers.isUp(broker);
  }

  /** Whether the broker crashed, and is not known to be gone. */
  public boolean isMissed(int broker) {
    return parts.brokers.state(broker) == Brokers.State.MISSED;
  }

  /**
   * The broker is gone there and then. Whoever was connected has to be told; its partitions have no
   * leader that answers until its session is over.
   */
  public void crashBroker(int broker) {
    parts.failover.crash(broker);
  }

  /** The broker hands its partitions over and goes. */
  public void shutDownBroker(int broker) {
    parts.failover.shutDown(broker);
  }

  /** The broker comes back; after a crash not before its session is over. */
  public void startBroker(int broker) {
    parts.failover.start(broker);
  }

  /** All brokers that are not there come back. */
  public void startAll() {
    for (int broker = 0; broker < parts.brokers.count(); broker++) {
      if (!parts.brokers.isUp(broker)) {
        parts.failover.start(broker);
      }
    }
  }

  /** The brokers that hold the partition, the preferred leader first. */
  public List<Integer> replicasOf(TopicPartition partition) {
    return parts.topics.partition(partition).replicas().assigned();
  }

  /** Those of them that have all of it. */
  public List<Integer> inSyncReplicasOf(TopicPartition partition) {
    return parts.topics.partition(partition).replicas().inSync();
  }

  /** Makes the broker the partition's leader, in a new epoch; no record is lost. */
  public void moveLeader(TopicPartition partition, int broker) {
    if (!parts.brokers.isUp(broker)) {
      throw new IllegalStateException("broker " + broker + " is not there to lead " + partition);
    }
    parts.failover.moveLeader(parts.topics.partition(partition), broker);
  }

  /**
   * An unclean leader: the log is cut off at the offset (batches are not cut in two: it may be
   * before it), and goes on in a new epoch.
   *
   * @param broker who leads from now on
   * @return where the log ends now
   */
  public long truncate(TopicPartition partition, long offset, int broker) {
    if (!parts.brokers.isUp(broker)) {
      throw new IllegalStateException("broker " + broker + " is not there to lead " + partition);
    }
    return parts.failover.truncate(parts.topics.partition(partition), offset, broker);
  }

  /**
   * Deletes what lies before the offset, as retention does when its time has come.
   *
   * @return whether the start of the log has moved
   */
  public boolean deleteRecords(TopicPartition partition, long beforeOffset) {
    Partition found = parts.topics.partition(partition);
    return parts.maintenance.deleteBefore(
        found, Math.min(beforeOffset, found.log().highWatermark()));
  }

  /**
   * Lets retention look now, whenever it would have looked.
   *
   * @return whether the start of the log has moved
   */
  public boolean retain(TopicPartition partition) {
    return parts.maintenance.deleteOld(
        parts.topics.partition(partition), parts.surroundings.wallMillis());
  }

  /**
   * Lets the cleaner compact all there is now, the active segment included.
   *
   * @return whether a record went; never if the topic is not compacted
   */
  public boolean compact(TopicPartition partition) {
    return parts.maintenance.compact(
        parts.topics.partition(partition), parts.surroundings.wallMillis(), true);
  }

  /**
   * The partition's leader forgets the producers that have no transaction open there, as it does
   * after {@code producer.id.expiration.ms}.
   *
   * @return how many there were
   */
  public int expireProducers(TopicPartition partition) {
    return parts.topics.partition(partition).log().expireProducers();
  }

  /** The broker that coordinates the transactional id, or -1 while none does. */
  public int transactionCoordinatorOf(String transactionalId) {
    return parts.transactionSeats().of(transactionalId);
  }

  /**
   * Gives the group another coordinator, or the same one anew, and with it all groups of the same
   * partition of the offsets topic.
   *
   * @param loadMs how long that one loads and answers COORDINATOR_LOAD_IN_PROGRESS
   */
  public void moveCoordinator(String groupId, int broker, long loadMs) {
    move(parts.groupSeats(), groupId, broker, loadMs);
  }

  /** The same for a transactional id. */
  public void moveTransactionCoordinator(String transactionalId, int broker, long loadMs) {
    move(parts.transactionSeats(), transactionalId, broker, loadMs);
  }

  private void move(Coordinators seats, String id, int broker, long loadMs) {
    if (!parts.brokers.isUp(broker)) {
      throw new IllegalStateException("broker " + broker + " is not there to coordinate " + id);
    }
    parts.coordinators.move(seats, Coordinators.partitionOf(id), broker, loadMs);
  }

  /**
   * Chooses how much longer each transaction marker takes to its partition from now on, in
   * nanoseconds; {@link Long#MAX_VALUE} for until {@link #releaseMarkers}.
   */
  public void delayMarkers(ToLongFunction<TopicPartition> nanos) {
    parts.markers.delay(nanos);
  }

  /** Markers are as quick as ever, and those that hang go on. */
  public void releaseMarkers() {
    parts.markers.delay(partition -> 0);
    parts.markers.releaseHung();
  }
}
