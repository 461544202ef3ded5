package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/**
 * Which broker coordinates which group, or which producer's transactions: the one that leads the
 * partition to which the group's or the transactional id belongs, among the 50 of {@code
 * __consumer_offsets} or {@code __transaction_state}, once it has read that partition.
 */
final class Coordinators {
  static final String OFFSETS_TOPIC = "__consumer_offsets";
  static final String TRANSACTIONS_TOPIC = "__transaction_state";
  private static final int PARTITIONS = 50;
  private static final int REPLICATION_FACTOR = 3;

  private static final class Seat {
    private int leader;
    private int epoch;
    private boolean loaded = true;
    private long turn;

    Seat(int leader) {
      this.leader = leader;
    }
  }

  private final String topic;
  private final int brokers;
  private final List<Seat> seats = new ArrayList<>();

  Coordinators(String topic, int brokers) {
    this.topic = topic;
    this.brokers = brokers;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      seats.add(new Seat(partition % brokers));
    }
  }

  String topic() {
    return topic;
  }

  /** The broker that leads the id's partition, or {@link Partition#NO_LEADER}. */
  int of(String id) {
    return leaderOf(partitionOf(id));
  }

  int leaderOf(int partition) {
    return seats.get(partition).leader;
  }

  /** How often the partition's leader has changed. */
  int epochOf(int partition) {
    return seats.get(partition).epoch;
  }

  /** Whether the broker can answer for the id. */
  ErrorCode check(int brokerId, String id) {
    Seat seat = seats.get(partitionOf(id));
    if (seat.leader != brokerId) {
      return ErrorCode.NOT_COORDINATOR;
    }
    return seat.loaded ? ErrorCode.NONE : ErrorCode.COORDINATOR_LOAD_IN_PROGRESS;
  }

  /** Whether whoever leads the id's partition can answer for it. */
  ErrorCode check(String id) {
    int leader = of(id);
    return leader == Partition.NO_LEADER ? ErrorCode.COORDINATOR_NOT_AVAILABLE : check(leader, id);
  }

  boolean isLoaded(int partition) {
    return seats.get(partition).loaded;
  }

  /** Whether the broker leads partitions that it has yet to read. */
  boolean isLoading(int brokerId) {
    return seats.stream().anyMatch(seat -> seat.leader == brokerId && !seat.loaded);
  }

  /** The partition is led by that broker from now on, who has not read it yet. */
  void move(int partition, int broker) {
    Seat seat = seats.get(partition);
    seat.leader = broker;
    seat.epoch++;
    stopped(partition);
  }

  /** Whoever coordinated the ids of the partition does so no more. */
  void stopped(int partition) {
    Seat seat = seats.get(partition);
    seat.loaded = false;
    seat.turn++;
  }

  /** Tells the reading of the partition that is under way from those that have been given up. */
  long turnOf(int partition) {
    return seats.get(partition).turn;
  }

  /** The leader has read the partition. */
  void loaded(int partition) {
    seats.get(partition).loaded = true;
  }

  /** All partitions that the broker leads; those without a leader for -1. */
  List<Integer> ledBy(int broker) {
    return IntStream.range(0, PARTITIONS).filter(i -> leaderOf(i) == broker).boxed().toList();
  }

  /** The brokers that have a replica, the preferred leader first. */
  List<Integer> replicasOf(int partition) {
    return IntStream.range(0, Math.min(REPLICATION_FACTOR, brokers))
        .mapToObj(i -> (partition + i) % brokers)
        .toList();
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

  static int partitionOf(String id) {
    int hash = id.hashCode();
    return (hash == Integer.MIN_VALUE ? 0 : Math.abs(hash)) % PARTITIONS;
  }
}
