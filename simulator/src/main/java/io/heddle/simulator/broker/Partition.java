package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** A partition: who leads it, its log, and the fetches that wait for more of it. */
final class Partition {
  private final TopicPartition id;
  private final Uuid topicId;
  private final PartitionLog log;
  private final List<DelayedFetch> waiting = new ArrayList<>();
  private int leader;
  private int leaderEpoch;

  Partition(TopicPartition id, Uuid topicId, int leader) {
    this.id = id;
    this.topicId = topicId;
    this.leader = leader;
    this.log = new PartitionLog(0);
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

  int leader() {
    return leader;
  }

  int leaderEpoch() {
    return leaderEpoch;
  }

  void moveTo(int newLeader) {
    leader = newLeader;
    leaderEpoch++;
    log.beginEpoch(leaderEpoch);
  }

  /** Whether this broker may serve a client that believes in this epoch (-1: in none). */
  ErrorCode check(int brokerId, int currentLeaderEpoch) {
    // The other brokers hold no replica, so they cannot judge an epoch.
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
