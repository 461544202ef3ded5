package io.heddle.engine;

import java.lang.reflect.InvocationTargetException;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Time, threads and waiting, as the engine gets them from outside.
 *
 * <p>The engine reads no clock, starts no thread and waits nowhere except through these. All
 * components are called from several threads at once.
 *
 * @param clock wall time; used for nothing that needs to be monotonic
 * @param nanoTime a monotonic count of nanoseconds, for deadlines and latencies
 * @param threads makes the poll thread and, at the first forwarded record, the output thread
 * @param strands runs turns of partition strands: short tasks that do not block
 * @param workers runs job processors, which may block, and turns whose threads go on with one; it
 *     must not refuse or delay a task because others block
 * @param locks makes the locks whose conditions the engine's own threads wait in
 * @param chance draws numbers from 0 up to but not including 1, for jitter
 */
public record EngineRuntime(
    Clock clock,
    LongSupplier nanoTime,
    ThreadFactory threads,
    Executor strands,
    Executor workers,
    Supplier<Lock> locks,
    DoubleSupplier chance) {

  /** Refuses missing components. */
  public EngineRuntime {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(nanoTime, "nanoTime");
    Objects.requireNonNull(threads, "threads");
    Objects.requireNonNull(strands, "strands");
    Objects.requireNonNull(workers, "workers");
    Objects.requireNonNull(locks, "locks");
    Objects.requireNonNull(chance, "chance");
  }

  /** A runtime without chance: nothing is jittered. */
  public EngineRuntime(
      Clock clock,
      LongSupplier nanoTime,
      ThreadFactory threads,
      Executor strands,
      Executor workers,
      Supplier<Lock> locks) {
    this(clock, nanoTime, threads, strands, workers, locks, () -> 0.5);
  }

  /**
   * Real time and real threads. Workers are virtual threads where the running JDK has them.
   *
   * <p>The pools belong to the one source that is given this runtime, which shuts them down when it
   * has closed: call this once per {@link EventSource}.
   */
  public static EngineRuntime system() {
    int processors = Runtime.getRuntime().availableProcessors();
    return new EngineRuntime(
        Clock.systemUTC(),
        System::nanoTime,
        named("heddle-source", false),
        new OwnedPool(Executors.newFixedThreadPool(processors, named("heddle-strand", true))),
        new OwnedPool(workerPool()),
        ReentrantLock::new,
        chance(System.nanoTime()));
  }

  /** Shuts down what {@link #system()} created; pools that a user handed in are left alone. */
  void shutdownOwnedPools() {
    if (strands instanceof OwnedPool pool) {
      pool.delegate().shutdown();
    }
    if (workers instanceof OwnedPool pool) {
      pool.delegate().shutdown();
    }
  }

  private static ExecutorService workerPool() {
    try {
      // The baseline is 17: virtual threads are found by name where there are any.
      Object pool = Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
      return (ExecutorService) pool;
    } catch (NoSuchMethodException e) {
      return Executors.newCachedThreadPool(named("heddle-worker", true));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("this JDK has virtual threads but refuses to make them", e);
    }
  }

  /** SplitMix64: its state is one number, so threads can share it without a lock. */
  private static DoubleSupplier chance(long seed) {
    AtomicLong state = new AtomicLong(seed);
    return () -> {
      long mixed = state.addAndGet(0x9E3779B97F4A7C15L);
      mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
      mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
      mixed ^= mixed >>> 31;
      return (mixed >>> 11) * 0x1.0p-53;
    };
  }

  private static ThreadFactory named(String prefix, boolean daemon) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + "-" + count.getAndIncrement());
      thread.setDaemon(daemon);
      return thread;
    };
  }

  /** Marks a pool as the engine's own. */
  private record OwnedPool(ExecutorService delegate) implements Executor {
    @Override
    public void execute(Runnable task) {
      delegate.execute(task);
    }
  }
}
