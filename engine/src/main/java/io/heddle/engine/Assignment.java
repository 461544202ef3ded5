package io.heddle.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions this member owns and how they come and go. Of the poll thread, except that any
 * thread may look at {@link #workers}.
 */
final class Assignment implements ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  // One for each partition this instance has ever had; poll thread only.
  private final NavigableMap<TopicPartition, Floor> floors;
  private final NavigableMap<TopicPartition, PartitionWorker> owned =
      new ConcurrentSkipListMap<>(ORDER);

  // Lost without having been told as lost, and not assigned since: whatever is polled is of no use.
  private final Set<TopicPartition> voided = new TreeSet<>(ORDER);

  private final Engine engine;
  private final Consumer<byte[], byte[]> consumer;
  private final Commits commits;
  private final PositionWatch positions;
  private long pollStartedNanos;
  private boolean told;

  /**
   * @param former that of a consumer in whose place this one comes; it owns nothing any more
   */
  Assignment(
      Engine engine,
      Consumer<byte[], byte[]> consumer,
      Commits commits,
      @Nullable Assignment former) {
    this.floors = former == null ? new TreeMap<>(ORDER) : former.floors;
    this.engine = engine;
    this.consumer = consumer;
    this.commits = commits;
    this.positions = new PositionWatch(consumer);
  }

  /** The workers of the owned partitions, in the order of topic and partition. Any thread. */
  Collection<PartitionWorker> workers() {
    return owned.values();
  }

  /** The worker of a partition, if it is owned. Any thread. */
  @Nullable PartitionWorker worker(TopicPartition partition) {
    return owned.get(partition);
  }

  /** Notes when the group last heard of this member, which bounds how long a drain may take. */
  void pollStarts(long nowNanos) {
    pollStartedNanos = nowNanos;
  }

  /** Hands each partition what was polled of it. */
  void take(ConsumerRecords<byte[], byte[]> records, long nowNanos) {
    int taken = 0;
    for (PartitionWorker worker : owned.values()) {
      List<ConsumerRecord<byte[], byte[]>> own = records.records(worker.partition());
      OffsetAndMetadata position = records.nextOffsets().get(worker.partition());
      if (!own.isEmpty() || position != null) {
        taken += own.size();
        worker.take(positions.batch(worker, own, position, nowNanos));
      }
    }
    if (taken != records.count() && taken + ofVoid(records) != records.count()) {
      throw new AssertionError(
          "polled %d records, of which only %d are of the owned partitions %s"
              .formatted(records.count(), taken, owned.keySet()));
    }
  }

  private int ofVoid(ConsumerRecords<byte[], byte[]> records) {
    return voided.stream().mapToInt(partition -> records.records(partition).size()).sum();
  }

  /** Lets all partitions finish as far as the state of the source asks for. */
  void windDown() {
    WorkerPhase target =
        engine.lifecycle().isImmediate()
            ? WorkerPhase.DROPPED
            : engine.lifecycle().failure().isPresent()
                ? WorkerPhase.FINISHING_STARTED
                : WorkerPhase.finishing(engine.config().drainPolicy());
    owned.values().forEach(worker -> worker.windDown(target));
  }

  /** Whether the group has told it of an assignment, if only of an empty one. */
  boolean wasTold() {
    return told;
  }

  boolean isDrained() {
    return Drain.isOver(owned.values());
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    outsideOfPoll(() -> assigned(partitions));
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    outsideOfPoll(() -> revoked(partitions));
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    outsideOfPoll(() -> loseAll(partitions));
  }

  /** Gives back all that is owned, waiting until the deadline for what is to be finished. */
  void releaseAll(long deadlineNanos) {
    release(List.copyOf(owned.values()), deadlineNanos);
  }

  void dropAll() {
    List<PartitionWorker> all = List.copyOf(owned.values());
    all.forEach(worker -> worker.occupancy().announceEnd());
    drop(all);
  }

  /** Does nothing more for any partition, and keeps them until the group takes them. */
  void abandonAll() {
    owned.values().forEach(worker -> worker.windDown(WorkerPhase.DROPPED));
  }

  /** Drops all that is owned, as if the group had given it to others. */
  void loseAll() {
    loseAll(List.copyOf(owned.keySet()));
  }

  private void outsideOfPoll(Runnable callback) {
    boolean polling = engine.waker().enterCallback();
    try {
      callback.run();
    } finally {
      engine.waker().leaveCallback(polling);
    }
  }

  private void assigned(Collection<TopicPartition> partitions) {
    Set<TopicPartition> sorted = sorted(partitions);
    for (TopicPartition partition : sorted) {
      if (owned.containsKey(partition)) {
        throw new AssertionError(partition + " was assigned again without having been revoked");
      }
    }
    told = true;
    voided.removeAll(sorted);
    commits.assignmentBegins();
    // Before anybody can see the workers, and have something done by them.
    engine.listener().assigned(sorted);
    sorted.forEach(partition -> startUp(own(partition)));
    resumeThosePausedBefore(sorted);
    List<PartitionWorker> workers = workersOf(sorted);
    commits.assigned(workers);
    // After the commits: what they tell of is in the change logs by now.
    workers.forEach(this::restore);
    if (!engine.lifecycle().isRunning()) {
      windDown();
    }
    if (engine.stores().isEmpty()) {
      engine.listener().activated(sorted);
    }
  }

  private void restore(PartitionWorker worker) {
    PartitionStores stores = worker.stores();
    if (stores != null) {
      worker.gate().hold(PauseReason.RESTORING);
      engine.stores().restorer().restore(worker, stores);
    }
  }

  /** Tells of the partitions whose stores have been restored since the last time. */
  void announceRestored() {
    Restorer restorer = engine.stores().restorer();
    for (PartitionWorker next = restorer.nextRestored();
        next != null;
        next = restorer.nextRestored()) {
      // An ownership that has taken another's place since has its stores.
      if (owned.containsKey(next.partition()) && owns(next)) {
        engine.listener().activated(Set.of(next.partition()));
      }
    }
  }

  private PartitionWorker own(TopicPartition partition) {
    Floor floor = floors.computeIfAbsent(partition, each -> new Floor());
    PartitionWorker worker = new PartitionWorker(partition, engine, floor);
    PartitionWorker unused = owned.put(partition, worker);
    return worker;
  }

  private void startUp(PartitionWorker worker) {
    if (!engine.interjections().schedules().isEmpty()) {
      worker.post(PartitionWorker::start);
    }
  }

  /** Whether this is the current ownership of its partition. */
  boolean owns(PartitionWorker worker) {
    return owned.get(worker.partition()) == worker;
  }

  /** Begins a new ownership in the place of one that was dropped, and returns it. */
  PartitionWorker replace(PartitionWorker dropped) {
    TopicPartition partition = dropped.partition();
    if (!owns(dropped) || !dropped.isDropped()) {
      throw new AssertionError(partition + " has another owner, or one that still works");
    }
    PartitionWorker next = own(partition);
    if (!dropped.isDrained()) {
      // In this order: the new one knows of what runs before it can hear that it has ended.
      next.post(PartitionWorker::outlives);
      dropped.post(worker -> worker.occupancy().succeededBy(next));
    }
    PartitionStores stores = dropped.stores();
    if (stores != null) {
      dropped.post(worker -> stores.moveTo(next));
    }
    startUp(next);
    resumeThosePausedBefore(Set.of(partition));
    if (!engine.lifecycle().isRunning()) {
      windDown();
    }
    return next;
  }

  private void revoked(Collection<TopicPartition> partitions) {
    EventSourceConfig config = engine.config();
    // Within this poll the drain and the commit must both end before the group gives us up.
    long budget =
        config.maxPollInterval().toNanos()
            - config.commitTimeout().toNanos()
            - (engine.nanoTime() - pollStartedNanos);
    long wait = Math.min(config.drainTimeout().toNanos(), budget);
    release(workersOf(partitions), engine.nanoTime() + Math.max(0, wait));
  }

  /**
   * Drops all that is owned: who loses anything is out of its group. What the consumer tells may be
   * less by the consumer protocol (KIP-848): what was assigned when it was put out. An assignment
   * that waited for its poll at that time is told before the loss, and is as void.
   */
  private void loseAll(Collection<TopicPartition> told) {
    List<PartitionWorker> lost = List.copyOf(owned.values());
    if (!lost.isEmpty()) {
      // The consumer reads those for as long as it has not noticed that the loss has been told.
      lost.stream().map(PartitionWorker::partition).forEach(voided::add);
      voided.removeAll(told);
      try {
        engine.listener().lost(partitionsOf(lost));
      } finally {
        lost.forEach(worker -> worker.occupancy().announceEnd());
        drop(lost);
      }
    }
  }

  private void release(List<PartitionWorker> leaving, long deadlineNanos) {
    if (leaving.isEmpty()) {
      return;
    }
    Set<TopicPartition> partitions = partitionsOf(leaving);
    engine.listener().willRevoke(partitions);
    List<PartitionWorker> idle = new ArrayList<>();
    try {
      drain(leaving, deadlineNanos);
      commits.beforeDrop(leaving);
    } finally {
      for (PartitionWorker worker : leaving) {
        if (worker.occupancy().isDrained()) {
          idle.add(worker);
        } else {
          worker.occupancy().announceEnd();
        }
      }
      // Before the commit: what ends from here on must not come between the prefix and its commit.
      drop(leaving);
    }
    commits.afterDrop(leaving);
    if (!idle.isEmpty()) {
      engine.listener().revoked(partitionsOf(idle));
    }
  }

  private void drain(List<PartitionWorker> leaving, long deadlineNanos) {
    WorkerPhase target =
        engine.lifecycle().failure().isPresent()
            ? WorkerPhase.FINISHING_STARTED
            : WorkerPhase.finishing(engine.config().drainPolicy());
    leaving.forEach(worker -> worker.windDown(target));
    try {
      if (!Drain.await(engine, leaving, deadlineNanos)) {
        long now = engine.nanoTime();
        leaving.forEach(
            worker -> LOG.warn("Gave up draining {}: {}", worker.partition(), worker.blocker(now)));
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void drop(List<PartitionWorker> leaving) {
    for (PartitionWorker worker : leaving) {
      worker.windDown(WorkerPhase.DROPPED);
      if (worker.occupancy().isEndUnannounced()) {
        // It may have been dropped before, and would not look by itself.
        worker.post(Assignment::nothing);
      }
      PartitionStores stores = worker.stores();
      if (stores != null) {
        worker.post(strand -> stores.release());
      }
      owned.remove(worker.partition());
    }
  }

  private static void nothing(PartitionWorker worker) {}

  private void resumeThosePausedBefore(Set<TopicPartition> assigned) {
    // Pauses are ours and end with the ownership, whatever the consumer remembers.
    Set<TopicPartition> stale = new TreeSet<>(ORDER);
    for (TopicPartition partition : consumer.paused()) {
      if (assigned.contains(partition)) {
        stale.add(partition);
      }
    }
    if (!stale.isEmpty()) {
      consumer.resume(stale);
    }
  }

  private List<PartitionWorker> workersOf(Collection<TopicPartition> partitions) {
    List<PartitionWorker> found = new ArrayList<>();
    for (TopicPartition partition : sorted(partitions)) {
      PartitionWorker worker = owned.get(partition);
      if (worker != null) {
        found.add(worker);
      }
    }
    return found;
  }

  /** Their partitions, in the order of topic and partition. */
  static Set<TopicPartition> partitionsOf(Collection<PartitionWorker> workers) {
    return sorted(workers.stream().map(PartitionWorker::partition).toList());
  }

  private static Set<TopicPartition> sorted(Collection<TopicPartition> partitions) {
    Set<TopicPartition> sorted = new TreeSet<>(ORDER);
    sorted.addAll(partitions);
    return Collections.unmodifiableSet(sorted);
  }
}
