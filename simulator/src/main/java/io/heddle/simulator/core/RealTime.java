package io.heddle.simulator.core;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The computer's time, and as many threads as there are. One lock owns the timeline and everything
 * simulated; a thread that waits gives it up. A thread of its own, the driver, lets events happen
 * when they are due. Time stands still for whoever is inside, as it does between two events of
 * virtual time, so that no step sees two times.
 *
 * <p>The only place, beside the watchdog, that looks at real time.
 */
final class RealTime implements Conductor {
  private static final long IDLE_THREAD_SECONDS = 5;

  private final Timeline timeline;
  private final Limits limits;
  private final Ending ending;
  private final Instant started = Instant.now();
  private final long originNanos = System.nanoTime();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition due = lock.newCondition();
  private final Condition fewer = lock.newCondition();
  private final ThreadLocal<SimThread> selves = ThreadLocal.withInitial(RealTime::visitor);
  private final RealWaits waits = new RealWaits(lock);
  private final Set<SimThread> own = new LinkedHashSet<>();
  private final ExecutorService tasks;
  private @Nullable Thread driver;
  private long driverWakesAtNanos;

  RealTime(Timeline timeline, Limits limits, Ending ending) {
    this.timeline = timeline;
    this.limits = limits;
    this.ending = ending;
    this.tasks =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            body -> Carriers.platform("sim-task", body));
  }

  /** A thread of the application, which has come by itself. */
  private static SimThread visitor() {
    SimThread self = new SimThread(Thread.currentThread().getName(), null);
    self.carriedBy(Thread.currentThread());
    return self;
  }

  @Override
  public <T> T run(Callable<T> body) throws Exception {
    if (driver != null) {
      throw new IllegalStateException("a simulation runs once");
    }
    Thread driving = Carriers.platform("sim-driver", this::drive);
    driver = driving;
    driving.start();
    T result = null;
    enter();
    try {
      result = body.call();
    } catch (Throwable thrown) {
      ending.suspect(thrown);
    } finally {
      end();
      exit();
    }
    driving.join();
    Throwable failed = ending.failure();
    if (failed != null) {
      throw Throwables.asException(failed);
    }
    return java.util.Objects.requireNonNull(result, "the body of a run must not return null");
  }

  /** Lets everybody unwind, and interrupts who does not. */
  private void end() {
    ending.end();
    over();
    try {
      if (!alone()) {
        own.forEach(thread -> thread.thread().interrupt());
        if (!alone()) {
          ending.suspect(Watchdog.blockedOutside(own.iterator().next()));
        }
      }
    } catch (InterruptedException interrupted) {
      ending.suspect(interrupted);
    }
    tasks.shutdown();
  }

  private boolean alone() throws InterruptedException {
    long left = limits.blocked().toNanos();
    while (!own.isEmpty() && left > 0) {
      left = fewer.awaitNanos(left);
    }
    return own.isEmpty();
  }

  private void drive() {
    SimThread self = selves.get();
    lock.lock();
    try {
      while (!ending.over()) {
        timeline.advanceTo(realNanos());
        if (timeline.nowNanos() > limits.wall().toNanos()) {
          ending.fail(
              new SimulationFailure(
                  SimulationFailure.Reason.LIMIT,
                  "the limit of " + limits.wall().toMillis() + " ms of real time was reached"));
        } else {
          Event event = timeline.nextUntil(timeline.nowNanos());
          if (event == null) {
            sleepUntilDue();
          } else if (event.kind == Event.Kind.TASK) {
            tasks.execute(() -> runTask(event));
          } else {
            self.startWaiting("nothing, as it drives");
            happen(event);
          }
        }
      }
      over();
    } finally {
      lock.unlock();
    }
  }

  private void sleepUntilDue() {
    driverWakesAtNanos = Math.min(timeline.nextAtNanos(), limits.wall().toNanos());
    long left = driverWakesAtNanos - realNanos();
    try {
      // Whoever has something earlier sets it to zero.
      while (left > 0 && driverWakesAtNanos > 0 && !ending.over()) {
        left = due.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      ending.fail(interrupted);
    } finally {
      driverWakesAtNanos = 0;
    }
  }

  private void happen(Event event) {
    try {
      java.util.Objects.requireNonNull(event.action).run();
    } catch (Throwable thrown) {
      ending.fail(thrown);
    }
  }

  private void runTask(Event event) {
    SimThread self = selves.get();
    enter();
    self.workFor(event.owner);
    own.add(self);
    exit();
    try {
      checkRunning();
      java.util.Objects.requireNonNull(event.action).run();
    } catch (SimulationEnded unwound) {
      // Its process crashed or the run is over: there is nobody left to tell.
      self.startWaiting("nothing");
    } catch (Throwable thrown) {
      ending.fail(Throwables.uncaught(self.name(), event.owner, thrown));
      over();
    } finally {
      enter();
      self.workFor(null);
      leave(self);
      exit();
    }
  }

  private void leave(SimThread self) {
    own.remove(self);
    fewer.signalAll();
  }

  @Override
  public Instant startedAt() {
    return started;
  }

  private long realNanos() {
    return System.nanoTime() - originNanos;
  }

  @Override
  public long nanoTime() {
    return lock.isHeldByCurrentThread() ? timeline.nowNanos() : realNanos();
  }

  @Override
  public void enter() {
    lock.lock();
    if (lock.getHoldCount() == 1) {
      timeline.advanceTo(realNanos());
    }
  }

  @Override
  public void exit() {
    lock.unlock();
  }

  @Override
  public @Nullable SimProcess enter(SimProcess process) {
    enter();
    SimThread self = selves.get();
    SimProcess before = self.process();
    self.workFor(process);
    try {
      sitOutPause(self);
      checkRunning();
      return before;
    } catch (SimulationEnded unwinding) {
      exit(before);
      throw unwinding;
    }
  }

  @Override
  public void exit(@Nullable SimProcess before) {
    selves.get().workFor(before);
    exit();
  }

  @Override
  public void outside(Runnable action) {
    int holds = lock.getHoldCount();
    for (int i = 0; i < holds; i++) {
      lock.unlock();
    }
    try {
      action.run();
    } finally {
      for (int i = 0; i < holds; i++) {
        enter();
      }
    }
  }

  @Override
  public Event schedule(Event.Kind kind, long delayNanos, Doer doer, Runnable action) {
    enter();
    try {
      Event event = timeline.run(kind, delayNanos, doer, action);
      if (event.atNanos < driverWakesAtNanos) {
        driverWakesAtNanos = 0;
        due.signal();
      }
      return event;
    } finally {
      exit();
    }
  }

  @Override
  public void wake(SimThread thread, long ticket) {
    waits.wake(thread, ticket);
  }

  @Override
  public void await(SimThread self, long ticket, long timeoutNanos) {
    if (Thread.currentThread() == driver) {
      throw new AssertionError("a plain event must not wait, for " + self.waitingFor());
    }
    // With the flag set, a condition would not wait.
    boolean interrupted = Thread.interrupted();
    try {
      interrupted |= waits.await(self, timeoutNanos, () -> mustUnwind(self));
      sitOutPause(self);
    } finally {
      timeline.advanceTo(realNanos());
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    checkRunning();
  }

  private boolean mustUnwind(SimThread self) {
    SimProcess process = self.process();
    return ending.over() || (process != null && process.crashed());
  }

  private void sitOutPause(SimThread self) {
    SimProcess process = self.process();
    while (process != null && !mustUnwind(self)) {
      timeline.advanceTo(realNanos());
      long left = process.heldUntil(timeline.nowNanos()) - timeline.nowNanos();
      if (left <= 0) {
        return;
      }
      self.startWaiting("the end of a pause");
      boolean interrupted = waits.await(self, left, () -> mustUnwind(self));
      if (interrupted) {
        // A paused process notices nothing; it will when it goes on.
        sitOutPause(self);
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void spawn(SimThread thread, Runnable body, SimHandle handle) {
    Thread carrier = unstarted(thread, body, handle);
    enter();
    own.add(thread);
    exit();
    carrier.start();
  }

  @Override
  public Thread unstarted(SimThread thread, Runnable body, SimHandle handle) {
    Thread carrier =
        Carriers.platform("sim-" + thread.name(), () -> dedicated(thread, body, handle));
    thread.carriedBy(carrier);
    return carrier;
  }

  private void dedicated(SimThread self, Runnable body, SimHandle handle) {
    selves.set(self);
    enter();
    own.add(self);
    exit();
    try {
      checkRunning();
      body.run();
    } catch (SimulationEnded unwound) {
      self.startWaiting("nothing");
    } catch (Throwable thrown) {
      ending.fail(Throwables.uncaught(self.name(), self.process(), thrown));
      over();
    } finally {
      enter();
      handle.finished(ending.over());
      leave(self);
      exit();
    }
  }

  @Override
  public void crashed(SimProcess process) {
    waits.crashed(process);
  }

  @Override
  public void over() {
    lock.lock();
    try {
      waits.over();
      due.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public SimThread self() {
    return selves.get();
  }

  @Override
  public void checkRunning() {
    if (ending.over()) {
      throw ending.unwinding();
    }
    SimProcess process = selves.get().process();
    if (process != null && process.crashed()) {
      throw new SimulationEnded("process " + process + " has crashed");
    }
  }

  @Override
  public String waiting() {
    lock.lock();
    try {
      return waits.lines();
    } finally {
      lock.unlock();
    }
  }
}
