package io.heddle.simulator.core;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** An executor with timers in the simulation. */
final class SimScheduledExecutor extends AbstractExecutorService
    implements ScheduledExecutorService {
  private final Simulation simulation;
  private final @Nullable SimProcess owner;
  private final SimExecutor executor;
  private final Actor timers;
  private final Set<Scheduled<?>> pending = new LinkedHashSet<>();

  SimScheduledExecutor(
      Simulation simulation, @Nullable SimProcess owner, String name, int parallelism) {
    this.simulation = simulation;
    this.owner = owner;
    this.timers = new Actor(name + "-timers");
    this.executor = new SimExecutor(simulation, owner, name, parallelism);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return start(new Scheduled<>(Executors.callable(task), 0), unit.toNanos(delay));
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    return start(new Scheduled<>(task, 0), unit.toNanos(delay));
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initialDelay, long period, TimeUnit unit) {
    long nanos = positive(unit.toNanos(period));
    return start(new Scheduled<>(Executors.callable(task), nanos), unit.toNanos(initialDelay));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initialDelay, long delay, TimeUnit unit) {
    long nanos = positive(unit.toNanos(delay));
    return start(new Scheduled<>(Executors.callable(task), -nanos), unit.toNanos(initialDelay));
  }

  private static long positive(long nanos) {
    if (nanos <= 0) {
      throw new IllegalArgumentException("period must be positive, was " + Duration.ofNanos(nanos));
    }
    return nanos;
  }

  private <V> Scheduled<V> start(Scheduled<V> task, long delayNanos) {
    simulation.doInside(
        () -> {
          if (executor.isShutdown()) {
            throw new RejectedExecutionException("executor has been shut down");
          }
          task.arm(simulation.nanoTime() + Math.max(0, delayNanos));
        });
    return task;
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  /** Timers that have not fired are called off, as periodic ones are in the JDK's by default. */
  @Override
  public void shutdown() {
    simulation.doInside(
        () -> {
          for (Scheduled<?> task : List.copyOf(pending)) {
            task.cancel(false);
          }
          executor.shutdown();
        });
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    return executor.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return executor.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return executor.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return executor.awaitTermination(timeout, unit);
  }

  @Override
  protected <T> java.util.concurrent.RunnableFuture<T> newTaskFor(Callable<T> task) {
    return new SimFutureTask<>(simulation, task);
  }

  @Override
  protected <T> java.util.concurrent.RunnableFuture<T> newTaskFor(
      Runnable task, @Nullable T value) {
    return new SimFutureTask<>(simulation, Executors.callable(task, value));
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks) {
    return executor.invokeAny(tasks);
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
    return executor.invokeAny(tasks, timeout, unit);
  }

  /** A task with a time; a period above zero is a rate, below zero a delay between runs. */
  private final class Scheduled<V> extends FutureTask<V> implements ScheduledFuture<V> {
    private final long period;
    private final WaitQueue end = simulation.waitQueue("the result of a scheduled task");
    private long dueNanos;
    private @Nullable Timer timer;

    private Scheduled(Callable<V> task, long period) {
      super(task);
      this.period = period;
    }

    private void arm(long atNanos) {
      simulation.doInside(
          () -> {
            dueNanos = atNanos;
            pending.add(this);
            timer = simulation.after(atNanos - simulation.nanoTime(), owner, timers, this::fire);
          });
    }

    private void fire() {
      pending.remove(this);
      if (!executor.isShutdown() && !isCancelled()) {
        executor.execute(this);
      }
    }

    @Override
    public void run() {
      if (period == 0) {
        super.run();
      } else if (super.runAndReset() && !executor.isShutdown()) {
        arm(period > 0 ? dueNanos + period : simulation.nanoTime() - period);
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      simulation.doInside(
          () -> {
            pending.remove(this);
            if (timer != null) {
              timer.cancel();
            }
          });
      return super.cancel(mayInterruptIfRunning);
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
      end.signalAll();
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return simulation.inside(
          () -> unit.convert(dueNanos - simulation.nanoTime(), TimeUnit.NANOSECONDS));
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
