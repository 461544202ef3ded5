package io.heddle.simulator.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Simulated threads that wait for the same thing, first come, first served. */
public final class WaitQueue {
  private record Waiter(SimThread thread, long ticket) {}

  private final Simulation simulation;
  private final Supplier<String> what;
  // For one: every future has a queue, and hardly ever does more than one wait in it.
  private final Deque<Waiter> waiters = new ArrayDeque<>(1);

  WaitQueue(Simulation simulation, Supplier<String> what) {
    this.simulation = simulation;
    this.what = what;
  }

  /**
   * Waits for a signal.
   *
   * @param timeoutNanos at the latest for so long; {@code Long.MAX_VALUE} for ever
   * @return false if there was no signal in time
   */
  public boolean await(long timeoutNanos) {
    simulation.enter();
    try {
      simulation.checkRunning();
      SimThread self = simulation.self();
      Waiter waiter = new Waiter(self, self.startWaiting(what));
      waiters.add(waiter);
      try {
        simulation.await(self, waiter.ticket(), timeoutNanos);
      } catch (SimulationEnded unwinding) {
        waiters.remove(waiter);
        throw unwinding;
      }
      return !waiters.remove(waiter);
    } finally {
      simulation.exit();
    }
  }

  /** Waits as {@link #await} does; an interrupt ends the wait. */
  public boolean awaitInterruptibly(long timeoutNanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    boolean signalled = await(timeoutNanos);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return signalled;
  }

  /** Lets the one go on that has waited longest. */
  public void signal() {
    simulation.enter();
    try {
      Waiter waiter = waiters.poll();
      if (waiter != null) {
        simulation.wakeLater(waiter.thread(), waiter.ticket());
      }
    } finally {
      simulation.exit();
    }
  }

  /** Lets all go on. */
  public void signalAll() {
    simulation.enter();
    try {
      while (!waiters.isEmpty()) {
        signal();
      }
    } finally {
      simulation.exit();
    }
  }
}
