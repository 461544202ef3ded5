package io.heddle.engine;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Where a thread of the engine waits for something other threads bring about. The only place where
 * the engine blocks outside Kafka's clients. Thread-safe.
 */
final class Monitor {
  private final Lock lock;
  private final Condition changed;
  private final LongSupplier nanoTime;

  Monitor(EngineRuntime runtime) {
    this.lock = runtime.locks().get();
    this.changed = lock.newCondition();
    this.nanoTime = runtime.nanoTime();
  }

  /** Makes those who wait look again. What they wait for must have become visible before. */
  void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void await(BooleanSupplier done) throws InterruptedException {
    lock.lock();
    try {
      while (!done.getAsBoolean()) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until {@code done} or the deadline, and returns whether it was {@code done}. */
  boolean awaitUntil(BooleanSupplier done, long deadlineNanos) throws InterruptedException {
    lock.lock();
    try {
      while (!done.getAsBoolean()) {
        long left = deadlineNanos - nanoTime.getAsLong();
        if (left <= 0) {
          return false;
        }
        // Judged by the clock above, not by what is said to be left.
        long unused = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
