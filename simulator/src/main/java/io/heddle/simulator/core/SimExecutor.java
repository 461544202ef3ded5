package io.heddle.simulator.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An executor whose tasks run in the simulation, at most so many at once. */
final class SimExecutor extends AbstractExecutorService {
  private final Simulation simulation;
  private final @Nullable SimProcess owner;
  private final String name;
  private final int parallelism;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final List<SimThread> runners = new ArrayList<>();
  private final List<Actor> workers = new ArrayList<>();
  private final PriorityQueue<Integer> idle = new PriorityQueue<>();
  private final WaitQueue termination;
  private int started;
  private boolean shutdown;

  SimExecutor(Simulation simulation, @Nullable SimProcess owner, String name, int parallelism) {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism must be at least 1, was " + parallelism);
    }
    this.simulation = simulation;
    this.owner = owner;
    this.name = name;
    this.parallelism = parallelism;
    this.termination = simulation.waitQueue("the termination of executor " + name);
  }

  @Override
  public void execute(Runnable task) {
    simulation.enter();
    try {
      if (shutdown) {
        throw new RejectedExecutionException("executor " + name + " has been shut down");
      }
      if (started < parallelism) {
        start(task);
      } else {
        waiting.add(task);
      }
    } finally {
      simulation.exit();
    }
  }

  /** The first worker that is idle does it. */
  private void start(Runnable task) {
    started++;
    Integer worker = idle.poll();
    if (worker == null) {
      worker = workers.size();
      workers.add(new Actor(name + "-" + worker));
    }
    int number = worker;
    Actor actor = workers.get(number);
    // In real time others may hold a lock for a while, and the driver must not wait for them.
    if (task instanceof Prompt && !simulation.isRealTime()) {
      var unused = simulation.after(0, owner, actor, () -> runPromptly(number, task));
    } else {
      simulation.task(owner, actor, () -> run(number, task));
    }
  }

  private void runPromptly(int worker, Runnable task) {
    try {
      task.run();
    } finally {
      ran(worker);
    }
  }

  private void run(int worker, Runnable task) {
    SimThread runner = simulation.self();
    simulation.doInside(() -> runners.add(runner));
    try {
      task.run();
    } finally {
      simulation.doInside(
          () -> {
            runners.remove(runner);
            ran(worker);
          });
    }
  }

  private void ran(int worker) {
    idle.add(worker);
    started--;
    Runnable next = waiting.poll();
    if (next != null) {
      start(next);
    } else if (isTerminated()) {
      termination.signalAll();
    }
  }

  @Override
  public void shutdown() {
    simulation.doInside(
        () -> {
          shutdown = true;
          if (isTerminated()) {
            termination.signalAll();
          }
        });
  }

  @Override
  public List<Runnable> shutdownNow() {
    return simulation.inside(
        () -> {
          shutdown();
          List<Runnable> dropped = List.copyOf(waiting);
          waiting.clear();
          for (SimThread runner : List.copyOf(runners)) {
            runner.thread().interrupt();
            simulation.wakeLater(runner, runner.ticket());
          }
          return dropped;
        });
  }

  @Override
  public boolean isShutdown() {
    return simulation.inside(() -> shutdown);
  }

  @Override
  public boolean isTerminated() {
    return simulation.inside(() -> shutdown && started == 0 && waiting.isEmpty());
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    simulation.enter();
    try {
      return isTerminated() || termination.awaitInterruptibly(unit.toNanos(timeout));
    } finally {
      simulation.exit();
    }
  }

  @Override
  protected <T> RunnableFuture<T> newTaskFor(Runnable task, @Nullable T value) {
    return new SimFutureTask<>(simulation, java.util.concurrent.Executors.callable(task, value));
  }

  @Override
  protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
    return new SimFutureTask<>(simulation, task);
  }

  /** Refuses: the JDK's implementation waits in a queue of its own, outside the simulation. */
  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks) {
    throw new UnsupportedOperationException("invokeAny is not simulated: use invokeAll");
  }

  /** Refuses: the JDK's implementation waits in a queue of its own, outside the simulation. */
  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
    throw new UnsupportedOperationException("invokeAny is not simulated: use invokeAll");
  }

  @Override
  public String toString() {
    return name + "[" + started + " started, " + waiting.size() + " waiting]";
  }
}
