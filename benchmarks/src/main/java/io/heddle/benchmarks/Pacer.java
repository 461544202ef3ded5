package io.heddle.benchmarks;

import java.util.concurrent.locks.LockSupport;

/** Releases a record each millisecond, whatever becomes of those before. */
final class Pacer {
  private static final long PERIOD_NANOS = 1_000_000;
  // A sleeper comes late by up to about this; the rest is spun away.
  private static final long SPIN_NANOS = 120_000;

  private final Load load;
  private volatile long startNanos;

  Pacer(Load load) {
    this.load = load;
  }

  /** When the record with this index was meant to be released. */
  long intendedNanos(int index) {
    return startNanos + index * PERIOD_NANOS;
  }

  /** Releases all of them, on the calling thread. */
  void run(MemoryConsumer<?> consumer) {
    startNanos = System.nanoTime() + 10 * PERIOD_NANOS;
    for (int index = 0; index < load.records(); index++) {
      long due = intendedNanos(index);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        if (left > SPIN_NANOS) {
          LockSupport.parkNanos(left - SPIN_NANOS);
        } else {
          Thread.onSpinWait();
        }
      }
      consumer.release(index + 1);
    }
  }
}
