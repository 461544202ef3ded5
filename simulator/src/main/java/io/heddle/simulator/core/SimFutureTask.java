package io.heddle.simulator.core;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A task whose result is waited for inside the simulation. */
final class SimFutureTask<V> extends FutureTask<V> {
  private final Simulation simulation;
  private final WaitQueue end;

  SimFutureTask(Simulation simulation, Callable<V> task) {
    super(task);
    this.simulation = simulation;
    this.end = simulation.waitQueue("the result of a task");
  }

  @Override
  public V get() throws InterruptedException, ExecutionException {
    simulation.enter();
    try {
      while (!isDone()) {
        end.awaitInterruptibly(Long.MAX_VALUE);
      }
    } finally {
      simulation.exit();
    }
    return super.get();
  }

  @Override
  public V get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    simulation.enter();
    try {
      if (!isDone() && !end.awaitInterruptibly(unit.toNanos(timeout)) && !isDone()) {
        throw new TimeoutException();
      }
    } finally {
      simulation.exit();
    }
    return super.get();
  }

  @Override
  protected void done() {
    // The constructor of the superclass cannot end a task, so that the queue is there by now.
    end.signalAll();
  }
}
