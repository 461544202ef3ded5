package io.heddle.simulator.core;

import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** A re-entrant lock whose waits are waits inside the simulation. */
final class SimLock implements Lock {
  private final Simulation simulation;
  private final WaitQueue waiters;
  private @Nullable SimThread holder;
  private int holds;

  SimLock(Simulation simulation) {
    this.simulation = simulation;
    this.waiters = simulation.waitQueue("a lock");
  }

  @Override
  public void lock() {
    simulation.enter();
    try {
      SimThread self = simulation.self();
      while (holder != null && holder != self) {
        waiters.await(Long.MAX_VALUE);
      }
      take(self);
    } finally {
      simulation.exit();
    }
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    simulation.enter();
    try {
      SimThread self = simulation.self();
      while (holder != null && holder != self) {
        waiters.awaitInterruptibly(Long.MAX_VALUE);
      }
      take(self);
    } finally {
      simulation.exit();
    }
  }

  @Override
  public boolean tryLock() {
    simulation.enter();
    try {
      SimThread self = simulation.self();
      if (holder != null && holder != self) {
        return false;
      }
      take(self);
      return true;
    } finally {
      simulation.exit();
    }
  }

  @Override
  public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
    simulation.enter();
    try {
      SimThread self = simulation.self();
      long deadline = simulation.nanoTime() + unit.toNanos(time);
      while (holder != null && holder != self) {
        long left = deadline - simulation.nanoTime();
        if (left <= 0) {
          return false;
        }
        waiters.awaitInterruptibly(left);
      }
      take(self);
      return true;
    } finally {
      simulation.exit();
    }
  }

  private void take(SimThread self) {
    holder = self;
    holds++;
  }

  @Override
  public void unlock() {
    simulation.enter();
    try {
      checkHeld();
      if (--holds == 0) {
        holder = null;
        if (!simulation.ended()) {
          waiters.signal();
        }
      }
    } finally {
      simulation.exit();
    }
  }

  private void checkHeld() {
    if (holder != simulation.self()) {
      throw new IllegalMonitorStateException("the calling thread does not hold this lock");
    }
  }

  @Override
  public Condition newCondition() {
    return new SimCondition();
  }

  private final class SimCondition implements Condition {
    private final WaitQueue signals = simulation.waitQueue("a condition");

    private interface Wait {
      boolean run() throws InterruptedException;
    }

    private boolean released(Wait wait) throws InterruptedException {
      simulation.enter();
      try {
        return waited(wait);
      } finally {
        simulation.exit();
      }
    }

    private boolean waited(Wait wait) throws InterruptedException {
      checkHeld();
      SimThread self = simulation.self();
      int held = holds;
      holds = 0;
      holder = null;
      waiters.signal();
      try {
        return wait.run();
      } finally {
        if (simulation.ended() || crashed(self)) {
          // The thread unwinds: it must not wait again, and nobody else will take the lock.
          holder = self;
        } else {
          while (holder != null) {
            waiters.await(Long.MAX_VALUE);
          }
          holder = self;
        }
        holds = held;
      }
    }

    private boolean crashed(SimThread self) {
      SimProcess process = self.process();
      return process != null && process.crashed();
    }

    @Override
    public void await() throws InterruptedException {
      released(() -> signals.awaitInterruptibly(Long.MAX_VALUE));
    }

    @Override
    public void awaitUninterruptibly() {
      try {
        released(() -> signals.await(Long.MAX_VALUE));
      } catch (InterruptedException impossible) {
        throw new AssertionError("an uninterruptible wait was interrupted", impossible);
      }
    }

    @Override
    public long awaitNanos(long nanosTimeout) throws InterruptedException {
      long deadline = simulation.nanoTime() + nanosTimeout;
      released(() -> nanosTimeout > 0 && signals.awaitInterruptibly(nanosTimeout));
      return deadline - simulation.nanoTime();
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
      return released(() -> signals.awaitInterruptibly(unit.toNanos(time)));
    }

    @Override
    public boolean awaitUntil(Date deadline) throws InterruptedException {
      SimProcess process = simulation.self().process();
      SimClock clock =
          new SimClock(simulation, process == null ? ClockSkew::none : process::clockSkew);
      long nanos = java.time.Duration.between(clock.instant(), deadline.toInstant()).toNanos();
      return released(() -> nanos > 0 && signals.awaitInterruptibly(nanos));
    }

    @Override
    public void signal() {
      simulation.doInside(
          () -> {
            checkHeld();
            signals.signal();
          });
    }

    @Override
    public void signalAll() {
      simulation.doInside(
          () -> {
            checkHeld();
            signals.signalAll();
          });
    }
  }
}
