package io.heddle.simulator.broker;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.protocol.ErrorCode;
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
    settle(partition);
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

  /** The controller forgets the broker, which leads nothing any more, be it there or not. */
  void unregister(int broker) {
    brokers.unregister(broker);
    if (brokers.isUp(broker)) {
      coordinators.stop(broker);
    }
    replace(broker);
  }

  /** Moves a partition to these brokers, in the place of a move that is under way. */
  void move(Partition partition, List<Integer> target) {
    List<Integer> before = partition.replicas().assigned();
    if (before.equals(target)) {
      return;
    }
    partition.replicas().move(target, partition.log().startOffset());
    if (!partition.replicas().completeMove()) {
      // A replica that is gone fetches no more, and those that come begin.
      catchUp(partition);
    }
    reassigned(partition, before);
  }

  /** Takes a move back; refused if only those that came have all of the log. */
  ErrorCode revert(Partition partition) {
    Replicas replicas = partition.replicas();
    List<Integer> before = replicas.assigned();
    if (!replicas.isMoving()) {
      return ErrorCode.NO_REASSIGNMENT_IN_PROGRESS;
    }
    if (replicas.wouldRevertUncleanly()) {
      if (!topics.configOf(partition.id().topic()).uncleanLeaderElection()) {
        return ErrorCode.INVALID_REPLICA_ASSIGNMENT;
      }
      int first =
          before.stream()
              .filter(each -> !replicas.adding().contains(each))
              .findFirst()
              .orElseThrow();
      fallBackTo(partition, first);
    }
    replicas.revertMove();
    reassigned(partition, before);
    return ErrorCode.NONE;
  }

  /**
   * Finds a leader for a partition that has none, even one that has less of the log and whatever
   * its topic says.
   *
   * @return false if no replica is there
   */
  boolean electAnyone(Partition partition) {
    if (elect(partition)) {
      return true;
    }
    Optional<Integer> there =
        partition.replicas().assigned().stream().filter(brokers::isActive).findFirst();
    there.ifPresent(chosen -> leadUncleanly(partition, chosen));
    return there.isPresent();
  }

  /** Whoever gets the partition has it after a while, if it is there and somebody leads. */
  private void catchUp(Partition partition) {
    for (int broker : partition.replicas().adding()) {
      if (brokers.isUp(broker) && !partition.replicas().isInSync(broker)) {
        surroundings.after(
            settings.replicaCatchUpMs() * NANOS_PER_MILLI, () -> caughtUp(partition, broker));
      }
    }
  }

  private void caughtUp(Partition partition, int broker) {
    if (brokers.isUp(broker)
        && brokers.isActive(broker)
        && partition.leader() != Partition.NO_LEADER
        && brokers.isUp(partition.leader())
        && partition.replicas().adding().contains(broker)) {
      partition.replicas().join(broker);
      settle(partition);
    }
  }

  /** Ends a move that can end. */
  private void settle(Partition partition) {
    List<Integer> before = partition.replicas().assigned();
    if (partition.replicas().completeMove()) {
      reassigned(partition, before);
    }
  }

  /** A leader that is one no longer makes way; a replica that goes ends the epoch in any case. */
  private void reassigned(Partition partition, List<Integer> before) {
    Replicas replicas = partition.replicas();
    int leader = partition.leader();
    boolean stays = brokers.active().contains(leader) && replicas.isInSync(leader);
    if (!stays && !elect(partition)) {
      partition.moveTo(Partition.NO_LEADER);
    } else if (stays && !replicas.assigned().containsAll(before)) {
      partition.moveTo(leader);
    }
    partition.wake();
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
      } else if (partition.replicas().adding().contains(broker)) {
        catchUp(partition);
      } else {
        partition.replicas().join(broker);
        settle(partition);
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
    coordinators.replace(broker, brokers.active(), settings.coordinatorLoadMs());
  }

  /** Finds a leader for a partition that has none; false if nobody may be. */
  private boolean elect(Partition partition) {
    Replicas replicas = partition.replicas();
    List<Integer> candidates =
        replicas.assigned().stream().filter(brokers.active()::contains).toList();
    Optional<Integer> clean = candidates.stream().filter(replicas::isInSync).findFirst();
    if (clean.isPresent()) {
      lead(partition, clean.get());
      return true;
    }
    if (!candidates.isEmpty() && topics.configOf(partition.id().topic()).uncleanLeaderElection()) {
      leadUncleanly(partition, candidates.get(0));
      return true;
    }
    return false;
  }

  private void leadUncleanly(Partition partition, int chosen) {
    fallBackTo(partition, chosen);
    lead(partition, chosen);
  }

  /** The log is what this replica has of it, which is the only one in sync from now on. */
  private void fallBackTo(Partition partition, int chosen) {
    Replicas replicas = partition.replicas();
    long end = replicas.endAt(chosen).orElse(partition.log().endOffset());
    replicas.leadUncleanly(chosen, partition.log().endOffset());
    truncateTo(partition, end);
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
    for (int each : brokers.active()) {
      if (!partition.replicas().adding().contains(each)) {
        partition.replicas().join(each);
      }
    }
    partition.wake();
    catchUp(partition);
    settle(partition);
  }
}
