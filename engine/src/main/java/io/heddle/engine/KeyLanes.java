package io.heddle.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a scheduler that have jobs, and the limits that hold partitions back. Thread-safe.
 *
 * <p>A key is claimed by being in the map: who adds the first job of a key has to have its lane
 * run, who adds another one only queues it. Adding, advancing and removing happen under the map's
 * mutex of the key, so a lane cannot vanish under a job that joins it. Nothing foreign is called in
 * there.
 */
final class KeyLanes<K, V> {
  private final ConcurrentMap<K, Lane<K, V>> lanes = new ConcurrentHashMap<>();
  private final AtomicInteger keys = new AtomicInteger();
  private final Lock tableLock;
  private final Set<PartitionWorker> heldByTable = new LinkedHashSet<>();
  private volatile boolean tableHolds;
  private volatile int queueDepth;
  private volatile int maxKeys;
  private String name = "a scheduler";

  KeyLanes(Lock tableLock, int queueDepth, int maxKeys) {
    this.tableLock = tableLock;
    this.queueDepth = queueDepth;
    this.maxKeys = maxKeys;
  }

  /** Says whose these are, before anybody uses them. */
  void setName(String scheduler) {
    name = scheduler;
  }

  @Override
  public String toString() {
    return name;
  }

  /** Adds a job. If its key had none, returns the lane, which the caller must have run. */
  @Nullable Lane<K, V> add(Job<K, V> job) {
    Lane<K, V> fresh = new Lane<>(job);
    int limit = queueDepth;
    Lane<K, V> lane =
        lanes.compute(
            job.key(),
            (key, present) -> {
              if (present == null) {
                return fresh;
              }
              present.add(job, limit);
              return present;
            });
    if (lane != fresh) {
      return null;
    }
    if (keys.incrementAndGet() > maxKeys) {
      holdByTable(job.event().worker());
    }
    return lane;
  }

  /**
   * Ends the current job of a claimed lane. Returns false if it was the last, and the lane is gone.
   */
  boolean advance(Lane<K, V> lane) {
    Advance<K, V> advance = new Advance<>(queueDepth / 2);
    boolean more = lanes.computeIfPresent(lane.current().key(), advance::apply) != null;
    if (!more && keys.decrementAndGet() <= maxKeys / 2 && tableHolds) {
      releaseTable();
    }
    release(advance.released, PauseReason.KEY_QUEUE);
    return more;
  }

  int size() {
    return keys.get();
  }

  /** The keys with the most jobs, the most first. */
  List<HotKey> hottest(String stage, long nowNanos, int count) {
    List<HotKey> found = new ArrayList<>();
    // The order of the keys does not matter: they are put in order afterwards.
    for (K key : lanes.keySet()) {
      lanes.computeIfPresent(
          key,
          (k, lane) -> {
            Duration age = Duration.ofNanos(nowNanos - lane.current().event().polledNanos());
            found.add(new HotKey(stage, key, lane.jobs(), age));
            return lane;
          });
    }
    return Observatory.top(found, count);
  }

  void setQueueDepth(int depth) {
    queueDepth = depth;
    List<PartitionWorker> released = new ArrayList<>();
    // The order of the keys does not matter: the poll thread resumes in the order of partitions.
    for (K key : lanes.keySet()) {
      lanes.computeIfPresent(
          key,
          (k, lane) -> {
            released.addAll(lane.takeHeld(depth / 2));
            return lane;
          });
    }
    release(released, PauseReason.KEY_QUEUE);
  }

  void setMaxKeys(int max) {
    maxKeys = max;
    releaseTable();
  }

  private void holdByTable(PartitionWorker worker) {
    tableLock.lock();
    try {
      if (heldByTable.add(worker)) {
        worker.gate().hold(PauseReason.KEY_TABLE);
      }
      tableHolds = true;
    } finally {
      tableLock.unlock();
    }
    // The table may have emptied before it was marked as holding someone.
    releaseTable();
  }

  private void releaseTable() {
    List<PartitionWorker> released;
    tableLock.lock();
    try {
      if (keys.get() > maxKeys / 2) {
        return;
      }
      released = List.copyOf(heldByTable);
      heldByTable.clear();
      tableHolds = false;
    } finally {
      tableLock.unlock();
    }
    release(released, PauseReason.KEY_TABLE);
  }

  private static void release(List<PartitionWorker> held, PauseReason reason) {
    for (PartitionWorker worker : held) {
      worker.gate().release(reason);
    }
  }

  /** One step of a lane, and whom it sets free once the mutex is left. */
  private static final class Advance<K, V> {
    private final int lowWater;
    private List<PartitionWorker> released = List.of();

    Advance(int lowWater) {
      this.lowWater = lowWater;
    }

    @Nullable Lane<K, V> apply(K key, Lane<K, V> lane) {
      boolean more = lane.advance();
      released = lane.takeHeld(lowWater);
      return more ? lane : null;
    }
  }
}
