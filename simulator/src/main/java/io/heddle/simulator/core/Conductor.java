package io.heddle.simulator.core;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * How time passes in a simulation and how its threads take turns. Whatever belongs to the
 * simulation is touched only inside of it: between {@link #enter} and {@link #exit}, or in an
 * event.
 */
sealed interface Conductor permits VirtualTime, RealTime {
  /** Runs the body inside, on a thread of its own or on the caller's, and then ends everything. */
  <T> T run(Callable<T> body) throws Exception;

  /** What wall clocks showed at the start. */
  Instant startedAt();

  /** Nanoseconds since the start. */
  long nanoTime();

  /** Comes inside: until {@link #exit}, but for waits, nobody else is. May be nested. */
  void enter();

  /** Leaves what {@link #enter} came into. */
  void exit();

  /**
   * Comes inside on behalf of a process: waits while it is paused.
   *
   * @return on whose behalf the thread worked before, for {@link #exit(SimProcess)}
   */
  @Nullable SimProcess enter(SimProcess process);

  /** Leaves what {@link #enter(SimProcess)} came into. */
  void exit(@Nullable SimProcess before);

  /** Runs code of the application from inside, so that meanwhile others may come in. */
  void outside(Runnable action);

  /** Puts something on the timeline. */
  Event schedule(Event.Kind kind, long delayNanos, Doer doer, Runnable action);

  /** Ends the wait that has this ticket. */
  void wake(SimThread thread, long ticket);

  /** Waits for the wake-up of that ticket, at the latest for so long. */
  void await(SimThread self, long ticket, long timeoutNanos);

  /** Starts a thread of the simulation. */
  void spawn(SimThread thread, Runnable body, SimHandle handle);

  /** A thread of the simulation that somebody else starts. */
  Thread unstarted(SimThread thread, Runnable body, SimHandle handle);

  /** The threads of this process must unwind. */
  void crashed(SimProcess process);

  /** The run has been ended from outside. */
  void over();

  /** The calling thread. */
  SimThread self();

  /** Throws if the calling thread must unwind. */
  void checkRunning();

  /** Somebody works with the simulation, even if nothing happens in it meanwhile. */
  default void asked() {}

  /** What a person who asks why a run failed should know of it besides. */
  default Optional<String> remark() {
    return Optional.empty();
  }

  /** Who waits for what, for a message. */
  String waiting();
}
