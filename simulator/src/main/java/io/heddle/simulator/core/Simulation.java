package io.heddle.simulator.core;

import io.heddle.simulator.choice.Choices;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs application code in virtual time, one thread at a time.
 *
 * <p>Exactly one simulated thread has the turn. When it waits, it runs the world itself: it takes
 * event after event from the timeline until its own wake-up comes. Plain events run on its stack.
 * What may wait (a task of an executor) needs a stack of its own and gets a spare thread; another
 * thread's wake-up hands the turn on. Driving is therefore a role and not a thread, and an
 * application that waits for nobody but the broker never causes a switch of threads.
 *
 * <p>Except for {@link #run}, everything here is called by the thread that has the turn.
 */
public final class Simulation {
  /** A time-out that never comes. */
  public static final long FOREVER = Long.MAX_VALUE;

  private final Timeline timeline;
  private final Limits limits;
  private final Roster roster = new Roster();
  private final AtomicLong beat = new AtomicLong();
  private volatile SimThread current;
  private volatile @Nullable Throwable failure;
  private volatile boolean ended;
  private boolean inPlainEvent;
  private final SimThread main = new SimThread("main", null);

  /** A simulation at time zero in which nothing has happened yet. */
  public Simulation(Choices choices, Limits limits) {
    this.timeline = new Timeline(choices);
    this.limits = limits;
    this.current = main;
  }

  /**
   * Runs the body on a simulated thread until it returns, then unwinds whatever still waits. May be
   * called once, from a thread outside.
   *
   * @throws SimulationFailure if the simulation could not go on
   */
  public <T> T run(Callable<T> body) throws Exception {
    if (main.waitingFor().isEmpty()) {
      throw new IllegalStateException("a simulation runs once");
    }
    main.startWaiting("");
    MainRun<T> mainRun = new MainRun<>(body);
    roster.start(main, mainRun);
    main.giveTurn();
    new Watchdog(limits, beat::get, () -> current)
        .watch(
            mainRun.done,
            () ->
                fail(
                    new SimulationFailure(
                        SimulationFailure.Reason.LIMIT,
                        "the limit of "
                            + limits.wall().toMillis()
                            + " ms of real time was reached")));
    Throwable failed = failure;
    if (failed != null) {
      throw Throwables.asException(failed);
    }
    return mainRun.result();
  }

  private final class MainRun<T> implements Runnable {
    private final Callable<T> body;
    private final java.util.concurrent.CountDownLatch done =
        new java.util.concurrent.CountDownLatch(1);
    private @Nullable T result;

    private MainRun(Callable<T> body) {
      this.body = body;
    }

    @Override
    public void run() {
      main.awaitTurn();
      try {
        result = body.call();
      } catch (SimulationEnded unwound) {
        if (failure == null) {
          failure = unwound;
        }
      } catch (Throwable thrown) {
        if (failure == null) {
          failure = thrown;
        }
      } finally {
        unwindOthers();
        done.countDown();
      }
    }

    private T result() {
      return java.util.Objects.requireNonNull(result, "the body of a run must not return null");
    }
  }

  /** Nanoseconds since the start of the run. */
  public long nanoTime() {
    return timeline.nowNanos();
  }

  /** How many events have happened. */
  public long events() {
    return timeline.happened();
  }

  /** Whether the run is over and its threads are being unwound. */
  public boolean ended() {
    return ended;
  }

  /**
   * Lets something happen later that waits for nothing.
   *
   * @param owner held back while this process is paused, dropped when it has crashed; null for the
   *     cluster's own
   */
  public Timer after(long delayNanos, @Nullable SimProcess owner, Runnable action) {
    noteStarts();
    return timeline.run(Event.Kind.PLAIN, delayNanos, owner, action);
  }

  /** Lets application code run later, which may wait. */
  Timer task(long delayNanos, @Nullable SimProcess owner, Runnable action) {
    noteStarts();
    return timeline.run(Event.Kind.TASK, delayNanos, owner, action);
  }

  /**
   * A queue in which simulated threads wait for something; {@code what} is told when they stall.
   */
  public WaitQueue waitQueue(String what) {
    return new WaitQueue(this, what);
  }

  /** Lets virtual time pass for the calling thread. */
  public void sleep(long nanos) {
    waitQueue("a sleep of " + nanos / 1_000 + " us").await(nanos);
  }

  /** Starts a simulated thread. */
  public SimHandle spawn(@Nullable SimProcess owner, String name, Runnable body) {
    checkRunning();
    SimHandle handle = new SimHandle(waitQueue("the end of thread " + name));
    SimThread thread = new SimThread(name, owner);
    roster.start(thread, () -> dedicated(thread, body, handle));
    timeline.wake(0, thread, thread.startWaiting("its start"));
    return handle;
  }

  /** A thread that starts in the simulation when somebody starts it. */
  Thread newThread(@Nullable SimProcess owner, String name, Runnable body) {
    SimHandle handle = new SimHandle(waitQueue("the end of thread " + name));
    SimThread thread = new SimThread(name, owner);
    return roster.unstarted(thread, () -> dedicated(thread, body, handle));
  }

  /** Holds everything of this process for that long, as a long garbage collection would. */
  public void pause(SimProcess process, long nanos) {
    process.pauseUntil(timeline.nowNanos() + nanos);
  }

  /** Ends a process there and then: its timers never fire, its threads unwind. */
  public void crash(SimProcess process) {
    process.crash();
    for (SimThread thread : roster.liveOf(process)) {
      timeline.wake(0, thread, thread.ticket());
    }
  }

  /** Stops the run: {@link #run} throws this failure. */
  public void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    ended = true;
  }

  /** The thread that has the turn, after a check that it is the one that calls. */
  SimThread self() {
    SimThread self = current;
    if (!self.isCurrent()) {
      throw new IllegalStateException(
          "called from thread "
              + Thread.currentThread().getName()
              + ", which is not part of the simulation: create it with the simulation's"
              + " ThreadFactory or executors");
    }
    return self;
  }

  /** Throws if the calling thread must unwind. */
  void checkRunning() {
    if (ended) {
      throw new SimulationEnded("the simulation is over");
    }
    SimProcess process = self().process();
    // A plain event happens on somebody's stack, but it is the cluster's.
    if (!inPlainEvent && process != null && process.crashed()) {
      throw new SimulationEnded("process " + process + " has crashed");
    }
  }

  /**
   * Waits for the wake-up of that ticket, at the latest for so long, and runs the world meanwhile.
   */
  void await(SimThread self, long ticket, long timeoutNanos) {
    if (inPlainEvent) {
      throw new AssertionError("a plain event must not wait, for " + self.waitingFor());
    }
    Event timeout =
        timeoutNanos == Long.MAX_VALUE ? null : timeline.wake(timeoutNanos, self, ticket);
    while (!self.woken() && !ended) {
      Event event = nextEvent();
      switch (event.kind) {
        case PLAIN -> happen(event);
        case TASK -> {
          SimThread spare = spare();
          spare.task = () -> runTask(spare, event);
          pass(self, spare);
        }
        case WAKE -> resume(self, event, false);
      }
    }
    if (timeout != null) {
      timeout.cancel();
    }
    checkRunning();
  }

  Event wakeLater(SimThread thread, long ticket) {
    return timeline.wake(0, thread, ticket);
  }

  private void resume(SimThread self, Event event, boolean becomesSpare) {
    SimThread next = java.util.Objects.requireNonNull(event.thread);
    if (next.wake(event.ticket) && next != self) {
      if (becomesSpare) {
        roster.rest(self);
      }
      pass(self, next);
    }
  }

  private void pass(SimThread self, SimThread next) {
    current = next;
    next.giveTurn();
    self.awaitTurn();
  }

  private void happen(Event event) {
    inPlainEvent = true;
    try {
      java.util.Objects.requireNonNull(event.action).run();
    } catch (Throwable thrown) {
      // It would otherwise surface in whichever application call happens to drive.
      giveUp(thrown);
    } finally {
      inPlainEvent = false;
    }
  }

  private void runTask(SimThread self, Event event) {
    self.workFor(event.owner);
    try {
      java.util.Objects.requireNonNull(event.action).run();
    } catch (SimulationEnded unwound) {
      // Its process crashed or the run is over: there is nobody left to tell.
      inPlainEvent = false;
    } catch (Throwable thrown) {
      fail(Throwables.uncaught(self.name(), event.owner, thrown));
    } finally {
      self.workFor(null);
    }
  }

  private Event nextEvent() {
    noteStarts();
    Event event = timeline.next();
    if (event == null) {
      throw giveUp(
          new SimulationFailure(
              SimulationFailure.Reason.STALLED,
              "nothing is left to happen, but these still wait: " + waiting()));
    }
    if (timeline.nowNanos() > limits.virtual().toNanos()) {
      throw giveUp(
          new SimulationFailure(
              SimulationFailure.Reason.LIMIT,
              "the limit of " + limits.virtual().toMillis() + " ms of virtual time was reached"));
    }
    if (timeline.happened() > limits.events()) {
      throw giveUp(
          new SimulationFailure(
              SimulationFailure.Reason.LIMIT,
              "the limit of " + limits.events() + " events was reached"));
    }
    beat.lazySet(timeline.happened());
    return event;
  }

  private SimulationEnded giveUp(Throwable cause) {
    fail(cause);
    return new SimulationEnded("the simulation is over");
  }

  /** Who waits for what, for a message. */
  public String waiting() {
    return roster.waiting();
  }

  private SimThread spare() {
    return roster.spare(this::spareLoop);
  }

  private void spareLoop(SimThread self) {
    self.awaitTurn();
    try {
      while (!ended) {
        Runnable task = self.task;
        if (task != null) {
          self.task = null;
          task.run();
          continue;
        }
        self.startWaiting("work");
        Event event = nextEvent();
        switch (event.kind) {
          case PLAIN -> happen(event);
          case TASK -> runTask(self, event);
          case WAKE -> resume(self, event, true);
        }
      }
    } catch (SimulationEnded unwound) {
      inPlainEvent = false;
    } finally {
      leave(self);
    }
  }

  private void dedicated(SimThread self, Runnable body, SimHandle handle) {
    self.awaitTurn();
    try {
      checkRunning();
      body.run();
    } catch (SimulationEnded unwound) {
      inPlainEvent = false;
    } catch (Throwable thrown) {
      fail(Throwables.uncaught(self.name(), self.process(), thrown));
    } finally {
      handle.finished(ended);
      leave(self);
    }
  }

  /** The calling thread ends: somebody else must have the turn. */
  private void leave(SimThread self) {
    roster.leave(self);
    SimThread next = ended ? main : spare();
    current = next;
    next.giveTurn();
  }

  private void unwindOthers() {
    ended = true;
    noteStarts();
    for (SimThread thread : roster.live()) {
      if (thread != main && roster.lives(thread)) {
        pass(main, thread);
      }
    }
  }

  /** Threads of a factory start when the application says so; that is noticed at its next call. */
  private void noteStarts() {
    roster.noteStarts(thread -> timeline.wake(0, thread, thread.startWaiting("its start")));
  }
}
