package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** A partition: who leads it, its log, and the fetches that wait for more of it. */
final class Partition {
  /** What {@link #leader} is while nobody leads. */
  static final int NO_LEADER = -1;

  private final TopicPartition id;
  private final Uuid topicId;
  private final PartitionLog log;
  private final Replicas replicas;
  private final List<DelayedFetch> waiting = new ArrayList<>();
  private int leader;
  private int leaderEpoch;

  Partition(TopicPartition id, Uuid topicId, List<Integer> replicas, int leader, long nowMillis) {
    this.id = id;
    this.topicId = topicId;
    this.leader = leader;
    this.replicas = new Replicas(replicas);
    this.log = new PartitionLog(0, nowMillis);
  }

  TopicPartition id() {
    return id;
  }

  Uuid topicId() {
    return topicId;
  }

  PartitionLog log() {
    return log;
  }

  Replicas replicas() {
    return replicas;
  }

  /** The broker that leads, or {@link #NO_LEADER}. */
  int leader() {
    return leader;
  }

  int leaderEpoch() {
    return leaderEpoch;
  }

  /** Another leader, or none, in a new epoch. */
  void moveTo(int newLeader) {
    leader = newLeader;
    leaderEpoch++;
    if (newLeader != NO_LEADER) {
      log.beginEpoch(leaderEpoch);
    }
  }

  /** Whether this broker may serve a client that believes in this epoch (-1: in none). */
  ErrorCode check(int brokerId, int currentLeaderEpoch) {
    // Whoever does not lead does not judge epochs either.
    if (brokerId != leader) {
      return ErrorCode.NOT_LEADER_OR_FOLLOWER;
    }
    if (currentLeaderEpoch < 0 || currentLeaderEpoch == leaderEpoch) {
      return ErrorCode.NONE;
    }
    return currentLeaderEpoch < leaderEpoch
        ? ErrorCode.FENCED_LEADER_EPOCH
        : ErrorCode.UNKNOWN_LEADER_EPOCH;
  }

  void await(DelayedFetch fetch) {
    waiting.add(fetch);
  }

  void forget(DelayedFetch fetch) {
    waiting.remove(fetch);
  }

  /** Lets the waiting fetches look again. */
  void wake() {
    if (!waiting.isEmpty()) {
      // A fetch that is done leaves the list while we go through it.
      for (DelayedFetch fetch : List.copyOf(waiting)) {
        fetch.tryComplete();
      }
    }
  }
}
