package io.heddle.simulator.core;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices, in real time, that the thread which has the turn waits for something outside the
 * simulation, or runs and runs without it, and says where. In virtual time nothing else looks at
 * real time.
 */
final class Watchdog {
  private static final int LOOKS = 50;

  /** How many times longer a thread may be busy than blocked: it may have work to do. */
  private static final int BUSY = 4;

  /** Whoever stands at a breakpoint is not to be hurried. */
  private static final boolean DEBUGGED =
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .anyMatch(argument -> argument.contains("jdwp"));

  private static final String LOCK =
      "inject the simulation's Lock and wait in its Condition instead of this latch or"
          + System.lineSeparator()
          + "lock, SimulatedProcess.runtime().locks().get()";

  /** What every wait of the JDK comes down to; who waits is below. */
  private static final List<String> PARKING =
      List.of(
          "jdk.internal.",
          "java.lang.VirtualThread",
          "java.lang.System$",
          "java.util.concurrent.locks.LockSupport",
          "java.util.concurrent.locks.AbstractQueued",
          "java.util.concurrent.CompletableFuture$",
          "java.util.concurrent.CompletableFuture.timedGet",
          "java.util.concurrent.CompletableFuture.waitingGet",
          "java.lang.Thread.sleepNanos",
          "java.lang.Thread.sleep0",
          "java.util.concurrent.ForkJoinPool.managedBlock",
          "java.util.concurrent.ForkJoinPool.compensatedBlock",
          "java.util.concurrent.ForkJoinPool.unmanagedBlock");

  private final Duration patience;
  private final Duration wall;
  private final LongSupplier beat;
  private final Supplier<SimThread> current;
  private volatile @Nullable String remark;

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
    int busyLooks = 0;
    long lookMillis = Math.max(1, patience.toMillis() / LOOKS);
    long looksLeft = Math.max(1, wall.toMillis() / lookMillis);
    while (!done.await(lookMillis, TimeUnit.MILLISECONDS)) {
      if (--looksLeft == 0) {
        tooLong.run();
      }
      long now = beat.getAsLong();
      SimThread suspect = current.get();
      boolean silent = now == lastBeat;
      boolean blocked = isBlocked(suspect.thread());
      lastBeat = now;
      blockedLooks = silent && blocked ? blockedLooks + 1 : 0;
      busyLooks = silent && !blocked ? busyLooks + 1 : 0;
      if (silent && remark == null) {
        remark = waitOutside(suspect);
      }
      if (blockedLooks >= LOOKS) {
        throw blockedOutside(suspect);
      }
      if (looksLeft <= -LOOKS) {
        throw stillRunning(suspect);
      }
      if (busyLooks >= LOOKS * BUSY && !DEBUGGED) {
        throw spinning(suspect, lookMillis * busyLooks);
      }
    }
  }

  /**
   * Where a thread with the turn was seen to wait for a time outside the simulation, and what to do
   * about it. Such a wait ends by itself, but nothing happens meanwhile that it could wait for. Not
   * seen if it is short. To be asked when the run is over.
   */
  Optional<String> remark() {
    return Optional.ofNullable(remark);
  }

  private static @Nullable String waitOutside(SimThread suspect) {
    if (suspect.thread().getState() != Thread.State.TIMED_WAITING) {
      return null;
    }
    StackTraceElement[] stack = withoutParking(suspect.thread().getStackTrace());
    if (stack.length == 0 || !Stacks.hasApplication(stack)) {
      return null;
    }
    return text(
        suspect,
        " waited for a time outside the simulation, in "
            + call(stack[0])
            + ";"
            + System.lineSeparator()
            + "no simulated time passes meanwhile, and nobody else runs"
            + System.lineSeparator()
            + advice(stack)
            + ":",
        stack);
  }

  private static boolean isBlocked(Thread thread) {
    return switch (thread.getState()) {
      case BLOCKED, WAITING, TIMED_WAITING -> true;
      case NEW, RUNNABLE, TERMINATED -> false;
    };
  }

  static SimulationFailure blockedOutside(SimThread suspect) {
    StackTraceElement[] whole = suspect.thread().getStackTrace();
    boolean monitor = suspect.thread().getState() == Thread.State.BLOCKED;
    StackTraceElement[] stack = withoutParking(whole);
    String where = stack.length == 0 ? "" : ", in " + call(stack[0]);
    return named(
        SimulationFailure.Reason.BLOCKED_OUTSIDE,
        suspect,
        " blocks outside the simulation"
            + where
            + System.lineSeparator()
            + (monitor ? LOCK : advice(stack))
            + ":",
        stack);
  }

  private SimulationFailure spinning(SimThread suspect, long millis) {
    return named(
        SimulationFailure.Reason.SPINNING,
        suspect,
        " has been busy for "
            + millis
            + " ms without asking the simulation"
            + System.lineSeparator()
            + "if it waits for something in a loop, let it wait in the simulation: its clients,"
            + System.lineSeparator()
            + "SimulatedProcess.runtime()'s sleep, or a Lock's Condition; time is its Clock's:",
        suspect.thread().getStackTrace());
  }

  private SimulationFailure stillRunning(SimThread suspect) {
    return named(
        SimulationFailure.Reason.LIMIT,
        suspect,
        " does not end although the limit of "
            + wall.toMillis()
            + " ms of real time"
            + System.lineSeparator()
            + "was reached; it does not ask the simulation for anything:",
        suspect.thread().getStackTrace());
  }

  /** Names the thread and where it is. */
  private static SimulationFailure named(
      SimulationFailure.Reason reason, SimThread suspect, String what, StackTraceElement[] stack) {
    return new SimulationFailure(reason, text(suspect, what, stack));
  }

  private static String text(SimThread suspect, String what, StackTraceElement[] stack) {
    StringBuilder message = new StringBuilder("thread ");
    message.append(suspect.process() == null ? "" : suspect.process() + "/");
    message.append(suspect.name()).append(what).append(System.lineSeparator());
    for (StackTraceElement frame : Stacks.ofApplication(stack)) {
      if (!Stacks.isHidden(frame)) {
        message.append("    at ").append(Stacks.text(frame)).append(System.lineSeparator());
      }
    }
    return message.toString();
  }

  /** From whoever waits on, without what everybody waits in. */
  private static StackTraceElement[] withoutParking(StackTraceElement[] stack) {
    int begin = 0;
    while (begin < stack.length && isParking(stack[begin])) {
      begin++;
    }
    return begin == stack.length ? stack : Arrays.copyOfRange(stack, begin, stack.length);
  }

  private static boolean isParking(StackTraceElement frame) {
    String where = frame.getClassName() + "." + frame.getMethodName();
    return PARKING.stream().anyMatch(where::startsWith);
  }

  private static String call(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
  }

  private static String advice(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      String where = frame.getClassName() + "." + frame.getMethodName();
      if (where.startsWith("java.lang.Thread.sleep")) {
        return "use the simulation's sleep: SimulatedProcess.runtime().sleep(nanos)";
      }
      if (where.startsWith("java.util.concurrent.CompletableFuture")
          || where.startsWith("java.util.concurrent.FutureTask")) {
        return "wait for futures of the simulation: those of its executors and clients";
      }
      if (where.startsWith("java.util.concurrent.ThreadPoolExecutor")
          || where.startsWith("java.util.concurrent.LinkedBlockingQueue")
          || where.startsWith("java.util.concurrent.ForkJoinPool")) {
        return "inject the simulation's ExecutorService instead of this pool or queue,"
            + System.lineSeparator()
            + "SimulatedProcess.runtime().executor(name, parallelism)";
      }
      if (where.startsWith("java.util.concurrent.CountDownLatch")
          || where.startsWith("java.util.concurrent.locks")
          || where.startsWith("java.lang.Object.wait")) {
        return LOCK;
      }
      if (where.startsWith("java.lang.Thread.join")) {
        return "start the thread in the simulation and join its handle:"
            + System.lineSeparator()
            + "SimulatedProcess.start(name, body), or its runtime().threadFactory(prefix)";
      }
      if (!where.startsWith("java.")) {
        break;
      }
    }
    return "inject the simulation's threads, executors or locks where it waits:"
        + System.lineSeparator()
        + "SimulatedProcess.runtime()";
  }
}
