package io.heddle.simulator.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;

/** The threads that wait in real time. Used by whoever holds the lock. */
final class RealWaits {
  private final Lock lock;
  private final Map<SimThread, Condition> waiting = new LinkedHashMap<>();

  RealWaits(Lock lock) {
    this.lock = lock;
  }

  /**
   * Gives the lock up until the thread is woken, must unwind, or its time is over.
   *
   * @return whether it was an interrupt that ended the wait
   */
  boolean await(SimThread self, long timeoutNanos, BooleanSupplier mustUnwind) {
    Condition woken = lock.newCondition();
    waiting.put(self, woken);
    try {
      long left = timeoutNanos;
      while (!self.woken() && left > 0 && !mustUnwind.getAsBoolean()) {
        if (timeoutNanos == Long.MAX_VALUE) {
          woken.await();
        } else {
          left = woken.awaitNanos(left);
        }
      }
      return false;
    } catch (InterruptedException interrupt) {
      return true;
    } finally {
      waiting.remove(self);
    }
  }

  void wake(SimThread thread, long ticket) {
    Condition woken = waiting.get(thread);
    if (woken != null && thread.wake(ticket)) {
      woken.signal();
    }
  }

  /** Those who work for a process that has crashed look again. */
  void crashed(SimProcess process) {
    waiting.forEach(
        (thread, woken) -> {
          if (process.equals(thread.process())) {
            woken.signal();
          }
        });
  }

  /** All look again. */
  void over() {
    waiting.values().forEach(Condition::signal);
  }

  String lines() {
    List<String> lines = new ArrayList<>();
    waiting.keySet().forEach(thread -> lines.add(thread.name() + " for " + thread.waitingFor()));
    return String.join("; ", lines);
  }
}
