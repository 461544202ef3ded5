package io.heddle.simulator.core;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Notices, in real time, that the thread which has the turn waits for something outside the
 * simulation, and says for what. The only place that looks at real time.
 */
final class Watchdog {
  private static final int LOOKS = 10;

  private final Duration patience;
  private final Duration wall;
  private final LongSupplier beat;
  private final Supplier<SimThread> current;

  Watchdog(Limits limits, LongSupplier beat, Supplier<SimThread> current) {
    this.patience = limits.blocked();
    this.wall = limits.wall();
    this.beat = beat;
    this.current = current;
  }

  /**
   * Returns when the run is over; throws if it hangs.
   *
   * @param tooLong called once if the run takes longer than it may; it then has to end
   */
  void watch(CountDownLatch done, Runnable tooLong) throws InterruptedException {
    long lastBeat = -1;
    int blockedLooks = 0;
    long lookMillis = Math.max(1, patience.toMillis() / LOOKS);
    long looksLeft = Math.max(1, wall.toMillis() / lookMillis);
    while (!done.await(lookMillis, TimeUnit.MILLISECONDS)) {
      if (--looksLeft == 0) {
        tooLong.run();
      }
      long now = beat.getAsLong();
      SimThread suspect = current.get();
      boolean blocked = now == lastBeat && isBlocked(suspect.thread());
      lastBeat = now;
      blockedLooks = blocked ? blockedLooks + 1 : 0;
      if (blockedLooks >= LOOKS) {
        throw blockedOutside(suspect);
      }
    }
  }

  private static boolean isBlocked(Thread thread) {
    return switch (thread.getState()) {
      case BLOCKED, WAITING, TIMED_WAITING -> true;
      case NEW, RUNNABLE, TERMINATED -> false;
    };
  }

  private static SimulationFailure blockedOutside(SimThread suspect) {
    StringBuilder message = new StringBuilder("thread ");
    message.append(suspect.process() == null ? "" : suspect.process() + "/");
    message.append(suspect.name());
    message.append(" blocks outside the simulation; ");
    StackTraceElement[] stack = suspect.thread().getStackTrace();
    message.append(advice(stack)).append(System.lineSeparator());
    for (StackTraceElement frame : stack) {
      message.append("    at ").append(frame).append(System.lineSeparator());
    }
    suspect.thread().interrupt();
    return new SimulationFailure(SimulationFailure.Reason.BLOCKED_OUTSIDE, message.toString());
  }

  private static String advice(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      String where = frame.getClassName() + "." + frame.getMethodName();
      if (where.startsWith("java.lang.Thread.sleep")) {
        return "use the simulation's sleep instead of Thread.sleep:";
      }
      if (where.startsWith("java.util.concurrent.CompletableFuture")
          || where.startsWith("java.util.concurrent.FutureTask")) {
        return "wait for futures of the simulation's own executors and clients:";
      }
      if (where.startsWith("java.util.concurrent.ThreadPoolExecutor")
          || where.startsWith("java.util.concurrent.LinkedBlockingQueue")
          || where.startsWith("java.util.concurrent.ForkJoinPool")) {
        return "inject the simulation's ExecutorService instead of this pool or queue:";
      }
      if (where.startsWith("java.util.concurrent.CountDownLatch")
          || where.startsWith("java.util.concurrent.locks")) {
        return "inject the simulation's Lock and its Condition instead of this latch or lock:";
      }
      if (where.startsWith("java.lang.Thread.join")) {
        return "start the thread through the simulation and join its handle:";
      }
    }
    return "inject the simulation's threads, executors or locks where it waits:";
  }
}
