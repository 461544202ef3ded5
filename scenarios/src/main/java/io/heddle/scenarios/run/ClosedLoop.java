package io.heddle.scenarios.run;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Lets a number of records be under way at once. Thread-safe, in virtual time as well. */
final class ClosedLoop {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Lock lock;
  private final Condition freed;
  private int free;

  ClosedLoop(Supplier<Lock> locks, int places) {
    this.lock = locks.get();
    this.freed = lock.newCondition();
    this.free = places;
  }

  /** Takes a place as soon as there is one; false if it is over before. */
  boolean enter(BooleanSupplier over) throws InterruptedException {
    lock.lock();
    try {
      while (free == 0) {
        if (over.getAsBoolean()) {
          return false;
        }
        var unused = freed.awaitNanos(LOOK_NANOS);
      }
      if (over.getAsBoolean()) {
        return false;
      }
      free--;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a place back. */
  void leave() {
    lock.lock();
    try {
      free++;
      freed.signal();
    } finally {
      lock.unlock();
    }
  }
}
