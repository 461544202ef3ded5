package io.heddle.simulator.core;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Lock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Time and threads of one simulated process, as the JDK's own types, to be handed to the
 * application.
 *
 * @param process whose they are
 */
public record SimRuntime(Simulation simulation, SimProcess process) {
  /** Wall time as this process sees it. */
  public Clock clock() {
    return new SimClock(simulation, process::clockSkew);
  }

  /** Monotonic time in nanoseconds, in the place of {@code System::nanoTime}. */
  public LongSupplier nanoTime() {
    return simulation::nanoTime;
  }

  /** An executor for at most so many tasks at once. */
  public ExecutorService executor(String name, int parallelism) {
    return new SimExecutor(simulation, process, name, parallelism);
  }

  /** An executor with timers. */
  public ScheduledExecutorService scheduledExecutor(String name, int parallelism) {
    return new SimScheduledExecutor(simulation, process, name, parallelism);
  }

  /** Threads for code that wants to start its own. */
  public ThreadFactory threadFactory(String prefix) {
    return new SimThreadFactory(simulation, process, prefix);
  }

  /** Locks, in the place of {@code ReentrantLock::new}. */
  public Supplier<Lock> locks() {
    return () -> new SimLock(simulation);
  }

  /** Lets virtual time pass, in the place of {@code Thread.sleep}. */
  public void sleep(long nanos) {
    simulation.sleep(nanos);
  }
}
