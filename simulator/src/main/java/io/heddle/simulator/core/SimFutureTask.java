package io.heddle.simulator.core;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A task whose result is waited for in virtual time. */
final class SimFutureTask<V> extends FutureTask<V> {
  private final WaitQueue end;

  SimFutureTask(Simulation simulation, Callable<V> task) {
    super(task);
    this.end = simulation.waitQueue("the result of a task");
  }

  @Override
  public V get() throws InterruptedException, ExecutionException {
    while (!isDone()) {
      end.awaitInterruptibly(Long.MAX_VALUE);
    }
    return super.get();
  }

  @Override
  public V get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!isDone() && !end.awaitInterruptibly(unit.toNanos(timeout)) && !isDone()) {
      throw new TimeoutException();
    }
    return super.get();
  }

  @Override
  protected void done() {
    // The constructor of the superclass cannot end a task, so that the queue is there by now.
    end.signalAll();
  }
}
