package io.heddle.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;

/**
 * Counts what is complete but not committed, and holds partitions back while that is too much.
 * Thread-safe.
 */
final class TransactionLimit {
  private final int maxSize;
  private final Lock lock;
  // Under the lock, from here on.
  private final Set<PartitionWorker> held = new LinkedHashSet<>();
  private long size;

  TransactionLimit(int maxSize, Lock lock) {
    this.maxSize = maxSize;
    this.lock = lock;
  }

  void add(PartitionWorker worker, int more) {
    lock.lock();
    try {
      size += more;
      if (size > maxSize && held.add(worker)) {
        worker.gate().hold(PauseReason.TRANSACTION);
      }
    } finally {
      lock.unlock();
    }
  }

  void remove(int less) {
    List<PartitionWorker> released;
    lock.lock();
    try {
      size -= less;
      if (held.isEmpty() || size > maxSize / 2) {
        return;
      }
      released = List.copyOf(held);
      held.clear();
    } finally {
      lock.unlock();
    }
    released.forEach(worker -> worker.gate().release(PauseReason.TRANSACTION));
  }
}
