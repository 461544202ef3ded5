package io.heddle.simulator.core;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time, one thread at a time.
 *
 * <p>Exactly one simulated thread has the turn. When it waits, it runs the world itself: it takes
 * event after event from the timeline until its own wake-up comes. Plain events run on its stack.
 * What may wait (a task of an executor) needs a stack of its own and gets a spare thread; another
 * thread's wake-up hands the turn on. Driving is therefore a role and not a thread, and an
 * application that waits for nobody but the broker never causes a switch of threads.
 */
final class VirtualTime implements Conductor {
  /** How often a thread is told to end: once for each call that it makes while it unwinds. */
  private static final int PATIENCE = 10_000;

  private final Timeline timeline;
  private final Limits limits;
  private final Ending ending;
  private final Roster roster;
  private final AtomicLong beat = new AtomicLong();
  private volatile SimThread current;
  private boolean inPlainEvent;
  private final SimThread main = new SimThread("main", null);
  private final Watchdog watchdog;

  VirtualTime(Timeline timeline, Limits limits, Ending ending) {
    this.timeline = timeline;
    this.roster = new Roster(thread -> timeline.wake(0, thread, thread.startWaiting("its start")));
    this.limits = limits;
    this.ending = ending;
    this.current = main;
    this.watchdog = new Watchdog(limits, beat::get, () -> current);
  }

  @Override
  public <T> T run(Callable<T> body) throws Exception {
    if (main.waitingFor().isEmpty()) {
      throw new IllegalStateException("a simulation runs once");
    }
    main.startWaiting("");
    MainRun<T> mainRun = new MainRun<>(body);
    roster.start(main, mainRun);
    main.giveTurn();
    try {
      watchdog.watch(mainRun.done, () -> ending.fail(tooLong()));
    } catch (SimulationFailure hanging) {
      // Whoever comes back after all unwinds, and finds out that it is over.
      ending.fail(hanging);
      current.thread().interrupt();
      throw hanging;
    }
    Throwable failed = ending.failure();
    if (failed != null) {
      watchdog
          .remark()
          .map(remark -> new SimulationFailure(SimulationFailure.Reason.BLOCKED_OUTSIDE, remark))
          .ifPresent(failed::addSuppressed);
      throw Throwables.asException(failed);
    }
    return mainRun.result();
  }

  @Override
  public Optional<String> remark() {
    return watchdog.remark();
  }

  private SimulationFailure tooLong() {
    return new SimulationFailure(
        SimulationFailure.Reason.LIMIT,
        "the limit of " + limits.wall().toMillis() + " ms of real time was reached");
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
      } catch (Throwable thrown) {
        ending.suspect(thrown);
      } finally {
        unwindOthers();
        done.countDown();
      }
    }

    private T result() {
      return java.util.Objects.requireNonNull(result, "the body of a run must not return null");
    }
  }

  @Override
  public Instant startedAt() {
    return SimClock.START;
  }

  @Override
  public long nanoTime() {
    return timeline.nowNanos();
  }

  /** Whoever has the turn is inside. */
  @Override
  public void enter() {}

  @Override
  public void exit() {}

  @Override
  public @Nullable SimProcess enter(SimProcess process) {
    return null;
  }

  @Override
  public void exit(@Nullable SimProcess before) {}

  /** Nobody else has the turn, whoever's code it is. */
  @Override
  public void outside(Runnable action) {
    action.run();
  }

  @Override
  public Event schedule(Event.Kind kind, long delayNanos, Doer doer, Runnable action) {
    roster.noteStarts();
    return timeline.run(kind, delayNanos, doer, action);
  }

  @Override
  public void wake(SimThread thread, long ticket) {
    timeline.wake(0, thread, ticket);
  }

  @Override
  public void spawn(SimThread thread, Runnable body, SimHandle handle) {
    roster.start(thread, () -> dedicated(thread, body, handle));
    timeline.wake(0, thread, thread.startWaiting("its start"));
  }

  @Override
  public Thread unstarted(SimThread thread, Runnable body, SimHandle handle) {
    return roster.unstarted(thread, () -> dedicated(thread, body, handle));
  }

  @Override
  public void crashed(SimProcess process) {
    for (SimThread thread : roster.liveOf(process)) {
      timeline.wake(0, thread, thread.ticket());
    }
  }

  /** Whoever has the turn sees it. */
  @Override
  public void over() {}

  @Override
  public SimThread self() {
    SimThread self = current;
    if (!self.isCurrent()) {
      IllegalStateException stranger =
          new IllegalStateException(
              "called from thread "
                  + Thread.currentThread().getName()
                  + ", which is not part of the simulation: create it with the simulation's"
                  + " ThreadFactory or executors");
      // Else a run could pass, by luck, whose stranger nobody asks how it fared.
      ending.suspect(stranger);
      throw stranger;
    }
    return self;
  }

  @Override
  public void checkRunning() {
    if (ending.over()) {
      abandonIfStubborn();
      throw ending.unwinding();
    }
    SimProcess process = self().process();
    // A plain event happens on somebody's stack, but it is the cluster's.
    if (!inPlainEvent && process != null && process.crashed()) {
      throw new SimulationEnded("process " + process + " has crashed");
    }
  }

  /** Runs the world while it waits. */
  @Override
  public void await(SimThread self, long ticket, long timeoutNanos) {
    if (inPlainEvent) {
      throw new AssertionError("a plain event must not wait, for " + self.waitingFor());
    }
    Event timeout =
        timeoutNanos == Long.MAX_VALUE ? null : timeline.wake(timeoutNanos, self, ticket);
    while (!self.woken() && !ending.over()) {
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
    self.actAs(event.actor);
    try {
      java.util.Objects.requireNonNull(event.action).run();
    } catch (SimulationEnded unwound) {
      // Its process crashed or the run is over: there is nobody left to tell.
      inPlainEvent = false;
    } catch (Throwable thrown) {
      ending.fail(Throwables.uncaught(self.name(), event.owner, thrown));
    } finally {
      self.workFor(null);
    }
  }

  private Event nextEvent() {
    roster.noteStarts();
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
    asked();
    return event;
  }

  private SimulationEnded giveUp(Throwable cause) {
    ending.fail(cause);
    return ending.unwinding();
  }

  /** Called by whoever has the turn. */
  @Override
  public void asked() {
    beat.lazySet(beat.get() + 1);
  }

  @Override
  public String waiting() {
    return roster.waiting();
  }

  private SimThread spare() {
    return roster.spare(this::spareLoop);
  }

  private void spareLoop(SimThread self) {
    self.awaitTurn();
    try {
      while (!ending.over()) {
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
      ending.fail(Throwables.uncaught(self.name(), self.process(), thrown));
    } finally {
      handle.finished(ending.over());
      leave(self);
    }
  }

  /** The calling thread ends: somebody else must have the turn. */
  private void leave(SimThread self) {
    roster.leave(self);
    SimThread next = ending.over() ? main : spare();
    current = next;
    next.giveTurn();
  }

  private void unwindOthers() {
    ending.end();
    roster.noteStarts();
    for (SimThread thread : roster.live()) {
      if (thread != main && roster.lives(thread)) {
        pass(main, thread);
      }
    }
  }

  /** A thread that was told to end so often, and goes on, is left to lie: nothing else ends it. */
  private void abandonIfStubborn() {
    SimThread self = current;
    if (!self.isCurrent() || self == main || self.toldToEnd() < PATIENCE) {
      return;
    }
    ending.suspect(
        new SimulationFailure(
            SimulationFailure.Reason.UNENDING,
            "thread "
                + (self.process() == null ? "" : self.process() + "/")
                + self.name()
                + " goes on although the simulation is over: it catches Throwable in a"
                + " loop; let it pass Errors on"));
    roster.leave(self);
    current = main;
    main.giveTurn();
    while (true) {
      LockSupport.park(this);
    }
  }
}
