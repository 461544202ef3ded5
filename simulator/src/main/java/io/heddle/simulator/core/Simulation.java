package io.heddle.simulator.core;

import io.heddle.simulator.choice.Choices;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs application code together with what is simulated around it, in virtual time or in real time.
 *
 * <p>In virtual time exactly one thread runs at a time, and a seed is one history. Except for
 * {@link #run}, everything here is called by the thread that has the turn.
 *
 * <p>In real time every thread may call, at any time, and events happen when the computer's clock
 * says so; what is drawn still follows the seed, but who comes first is up to the machine. Whoever
 * is inside is so alone, until it waits.
 */
public final class Simulation {
  /** A time-out that never comes. */
  public static final long FOREVER = Long.MAX_VALUE;

  private final Timeline timeline;
  private final Ending ending;
  private final Conductor conductor;

  /** A simulation at time zero of virtual time, in which nothing has happened yet. */
  public Simulation(Choices choices, Limits limits) {
    this(choices, limits, Schedule.UNIFORM);
  }

  /** The same by another schedule. */
  public Simulation(Choices choices, Limits limits, Schedule schedule) {
    this.timeline = new Timeline(choices, schedule);
    this.ending = new Ending();
    this.conductor = new VirtualTime(timeline, limits, ending);
  }

  private Simulation(Timeline timeline, Ending ending, RealTime conductor) {
    this.timeline = timeline;
    this.ending = ending;
    this.conductor = conductor;
  }

  /** A simulation in real time, which begins now. Of the limits, virtual time does not apply. */
  public static Simulation realTime(Choices choices, Limits limits) {
    Timeline timeline = new Timeline(choices, Schedule.UNIFORM);
    Ending ending = new Ending();
    return new Simulation(timeline, ending, new RealTime(timeline, limits, ending));
  }

  /**
   * Runs the body inside until it returns, then unwinds whatever still waits. May be called once,
   * from a thread outside.
   *
   * @throws SimulationFailure if the simulation could not go on
   */
  public <T> T run(Callable<T> body) throws Exception {
    return conductor.run(body);
  }

  /** Runs the body as {@link #run} does, on a thread outside that is made for it. */
  public <T> Future<T> start(String name, Callable<T> body) {
    FutureTask<T> whole = new FutureTask<>(() -> run(body));
    Carriers.platform(name, whole).start();
    return whole;
  }

  /** Whether time is the computer's own, and any thread may call. */
  public boolean isRealTime() {
    return conductor instanceof RealTime;
  }

  /** What wall clocks showed at the start. */
  public Instant startedAt() {
    return conductor.startedAt();
  }

  /** Nanoseconds since the start of the run. */
  public long nanoTime() {
    return conductor.nanoTime();
  }

  /** How many events have happened. */
  public long events() {
    return timeline.happened();
  }

  /** How many events are on the timeline, called-off ones that were not taken off among them. */
  int pending() {
    return timeline.size();
  }

  /** Whether the run is over and its threads are being unwound. */
  public boolean ended() {
    return ending.over();
  }

  /** Does something inside. */
  public <T> T inside(Supplier<T> action) {
    conductor.enter();
    try {
      return action.get();
    } finally {
      conductor.exit();
    }
  }

  /** Does something inside. */
  public void doInside(Runnable action) {
    conductor.enter();
    try {
      action.run();
    } finally {
      conductor.exit();
    }
  }

  /**
   * Does something inside on behalf of a process: waits while it is paused, and unwinds when it
   * crashes.
   */
  public <T extends @Nullable Object> T insideAs(SimProcess process, Callable<T> action)
      throws Exception {
    SimProcess before = conductor.enter(process);
    try {
      return action.call();
    } finally {
      conductor.exit(before);
    }
  }

  /** Runs code of the application from inside; in real time others may come in meanwhile. */
  public void outside(Runnable action) {
    conductor.outside(action);
  }

  void enter() {
    conductor.enter();
  }

  void exit() {
    conductor.exit();
  }

  /**
   * Lets something happen later that waits for nothing.
   *
   * @param owner held back while this process is paused, dropped when it has crashed; null for the
   *     cluster's own
   */
  public Timer after(long delayNanos, @Nullable SimProcess owner, Runnable action) {
    return conductor.schedule(Event.Kind.PLAIN, delayNanos, new Doer(owner, null), action);
  }

  /** The same where it is said who does it. */
  public Timer after(long delayNanos, @Nullable SimProcess owner, Actor actor, Runnable action) {
    return conductor.schedule(Event.Kind.PLAIN, delayNanos, new Doer(owner, actor), action);
  }

  /** Lets application code run at once, which may wait. */
  void task(@Nullable SimProcess owner, Actor actor, Runnable action) {
    var unused = conductor.schedule(Event.Kind.TASK, 0, new Doer(owner, actor), action);
  }

  /**
   * Where to draw how long something takes that an actor does: {@code otherwise}, unless the
   * schedule decides it.
   */
  public Choices.Stream pace(Actor actor, Choices.Stream otherwise) {
    return timeline.pace(actor, otherwise);
  }

  /** The same for what the calling thread does. */
  public Choices.Stream pace(Choices.Stream otherwise) {
    return isRealTime() ? otherwise : timeline.pace(conductor.self().actor(), otherwise);
  }

  /**
   * A queue in which simulated threads wait for something; {@code what} is told when they stall.
   */
  public WaitQueue waitQueue(String what) {
    return waitQueue(() -> what);
  }

  /** The same where there are so many queues that it is only put into words when it is told. */
  public WaitQueue waitQueue(Supplier<String> what) {
    conductor.asked();
    return new WaitQueue(this, what);
  }

  /** Lets time pass for the calling thread. */
  public void sleep(long nanos) {
    waitQueue(() -> "a sleep of " + nanos / 1_000 + " us").await(nanos);
  }

  /** Starts a simulated thread. */
  public SimHandle spawn(@Nullable SimProcess owner, String name, Runnable body) {
    checkRunning();
    SimHandle handle = new SimHandle(this, waitQueue("the end of thread " + name));
    conductor.spawn(new SimThread(name, owner), body, handle);
    return handle;
  }

  /** A thread that starts in the simulation when somebody starts it. */
  Thread newThread(@Nullable SimProcess owner, String name, Runnable body) {
    SimHandle handle = new SimHandle(this, waitQueue("the end of thread " + name));
    return conductor.unstarted(new SimThread(name, owner), body, handle);
  }

  /** Holds everything of this process for that long, as a long garbage collection would. */
  public void pause(SimProcess process, long nanos) {
    doInside(() -> process.pauseUntil(nanoTime() + nanos));
  }

  /** Ends a process there and then: its timers never fire, its threads unwind. */
  public void crash(SimProcess process) {
    doInside(
        () -> {
          process.crash();
          conductor.crashed(process);
        });
  }

  /** Stops the run: {@link #run} throws this failure. */
  public void fail(Throwable cause) {
    ending.fail(cause);
    conductor.over();
  }

  /** The calling thread, in virtual time after a check that it has the turn. */
  SimThread self() {
    return conductor.self();
  }

  /** Throws if the calling thread must unwind. */
  void checkRunning() {
    conductor.checkRunning();
  }

  void await(SimThread self, long ticket, long timeoutNanos) {
    conductor.await(self, ticket, timeoutNanos);
  }

  void wakeLater(SimThread thread, long ticket) {
    conductor.wake(thread, ticket);
  }

  /**
   * What a person who asks why the run failed should know of it besides: that somebody waited
   * outside of it. Depends on real time.
   */
  public Optional<String> remark() {
    return conductor.remark();
  }

  /** Who waits for what, for a message. */
  public String waiting() {
    return conductor.waiting();
  }
}
