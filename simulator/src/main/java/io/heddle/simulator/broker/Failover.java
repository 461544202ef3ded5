package io.heddle.simulator.broker;

import io.heddle.simulator.history.Fact;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What happens to leadership: a controller's part in the life of brokers. A broker that crashes is
 * missed after its session; then in-sync replicas take over, or, where the topic allows it, one
 * that is not in sync and has less of the log. A broker that is shut down hands over first.
 */
final class Failover {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Brokers brokers;
  private final Topics topics;
  private final CoordinatorMoves coordinators;
  private final BrokerSettings settings;
  private final Surroundings surroundings;
  private final Set<Integer> restarting = new TreeSet<>();

  Failover(
      Brokers brokers,
      Topics topics,
      CoordinatorMoves coordinators,
      BrokerSettings settings,
      Surroundings surroundings) {
    this.brokers = brokers;
    this.topics = topics;
    this.coordinators = coordinators;
    this.settings = settings;
    this.surroundings = surroundings;
  }

  /** Makes the broker the leader, in a new epoch; one without a replica gets the old leader's. */
  void moveLeader(Partition partition, int broker) {
    int before = partition.leader();
    if (!partition.replicas().has(broker)) {
      int from = before == Partition.NO_LEADER ? partition.replicas().assigned().get(0) : before;
      partition.replicas().reassign(from, broker);
    }
    partition.replicas().join(broker);
    partition.moveTo(broker);
    partition.wake();
  }

  /**
   * Lets a replica lead that had the log up to that offset only.
   *
   * @return where the log ends now
   */
  long truncate(Partition partition, long offset, int broker) {
    PartitionLog log = partition.log();
    long before = log.endOffset();
    long end = log.truncate(offset, surroundings.wallMillis());
    if (end < before) {
      tellTruncated(partition, end);
    }
    moveLeader(partition, broker);
    return end;
  }

  /** The broker is gone at once; nobody knows until its session is over. */
  void crash(int broker) {
    brokers.transitionTo(broker, Brokers.State.MISSED);
    coordinators.stop(broker);
    surroundings.after(settings.sessionTimeoutMs() * NANOS_PER_MILLI, () -> missed(broker));
  }

  private void missed(int broker) {
    brokers.transitionTo(broker, Brokers.State.DOWN);
    replace(broker);
    if (restarting.remove(broker)) {
      comeBack(broker);
    }
  }

  /** The broker hands its partitions over and goes. */
  void shutDown(int broker) {
    brokers.transitionTo(broker, Brokers.State.DOWN);
    coordinators.stop(broker);
    replace(broker);
  }

  /** The broker is back, once its last life is known to be over. */
  void start(int broker) {
    if (brokers.state(broker) == Brokers.State.MISSED) {
      restarting.add(broker);
    } else {
      comeBack(broker);
    }
  }

  private void comeBack(int broker) {
    brokers.transitionTo(broker, Brokers.State.UP);
    for (Partition partition : topics.partitions()) {
      if (!partition.replicas().has(broker)) {
        continue;
      }
      if (partition.leader() == Partition.NO_LEADER) {
        var unused = elect(partition);
      } else {
        partition.replicas().join(broker);
      }
    }
    coordinators.offer(broker, settings.coordinatorLoadMs());
  }

  private void replace(int broker) {
    for (Partition partition : topics.partitions()) {
      partition.replicas().leave(broker, partition.log().endOffset());
      if (partition.leader() == broker) {
        if (!elect(partition)) {
          partition.moveTo(Partition.NO_LEADER);
        }
        partition.wake();
      }
    }
    coordinators.replace(broker, brokers.registered(), settings.coordinatorLoadMs());
  }

  /** Finds a leader for a partition that has none; false if nobody may be. */
  private boolean elect(Partition partition) {
    Replicas replicas = partition.replicas();
    List<Integer> candidates =
        replicas.assigned().stream().filter(brokers.registered()::contains).toList();
    Optional<Integer> clean = candidates.stream().filter(replicas::isInSync).findFirst();
    if (clean.isPresent()) {
      lead(partition, clean.get());
      return true;
    }
    if (!candidates.isEmpty() && topics.configOf(partition.id().topic()).uncleanLeaderElection()) {
      int chosen = candidates.get(0);
      long end = replicas.endAt(chosen).orElse(partition.log().endOffset());
      replicas.leadUncleanly(chosen, partition.log().endOffset());
      truncateTo(partition, end);
      lead(partition, chosen);
      return true;
    }
    return false;
  }

  private void truncateTo(Partition partition, long offset) {
    PartitionLog log = partition.log();
    if (offset < log.endOffset()) {
      tellTruncated(partition, log.truncate(offset, surroundings.wallMillis()));
    }
  }

  private void tellTruncated(Partition partition, long end) {
    surroundings.record(
        new Fact.Truncated(
            surroundings.nanoTime(), partition.id(), end, partition.leaderEpoch() + 1));
  }

  private void lead(Partition partition, int broker) {
    partition.moveTo(broker);
    brokers.registered().forEach(partition.replicas()::join);
    partition.wake();
  }
}
