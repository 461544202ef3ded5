package io.heddle.simulator.core;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A real thread that runs application code in virtual time. It runs only while it has the turn;
 * exactly one thread of a simulation has it. The fields but for the turn belong to whoever has the
 * turn.
 */
final class SimThread {
  private final String name;
  private Actor actor;
  private @Nullable Thread thread;
  private volatile @Nullable SimProcess process;
  private volatile boolean turn;
  private boolean woken;
  private long ticket;
  private Supplier<String> waitingFor = () -> "its first turn";
  private int toldToEnd;
  @Nullable Runnable task;

  SimThread(String name, @Nullable SimProcess process) {
    this.name = name;
    this.actor = new Actor(name);
    this.process = process;
  }

  void carriedBy(Thread carrier) {
    this.thread = carrier;
  }

  Thread thread() {
    Thread carrier = thread;
    if (carrier == null) {
      throw new IllegalStateException("thread " + name + " has no carrier yet");
    }
    return carrier;
  }

  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  String name() {
    return name;
  }

  @Nullable SimProcess process() {
    return process;
  }

  /** How many times it has been told to end, this one among them. */
  int toldToEnd() {
    return ++toldToEnd;
  }

  /** Lets a spare thread work for another process. */
  void workFor(@Nullable SimProcess owner) {
    process = owner;
  }

  /** Whose steps it takes: its own, unless it does the task of another. */
  Actor actor() {
    return actor;
  }

  void actAs(Actor other) {
    actor = other;
  }

  /** Gives this thread the turn; the caller must not touch the simulation after that. */
  void giveTurn() {
    turn = true;
    java.util.concurrent.locks.LockSupport.unpark(thread());
  }

  /** Waits, for real, until somebody gives this thread the turn. */
  void awaitTurn() {
    boolean interrupted = false;
    while (!turn) {
      java.util.concurrent.locks.LockSupport.park(this);
      // With the flag set, park would return at once, for ever.
      interrupted |= Thread.interrupted();
    }
    turn = false;
    if (interrupted) {
      thread().interrupt();
    }
  }

  /** Starts a wait and returns the ticket that a wake-up for it must carry. */
  long startWaiting(String what) {
    return startWaiting(() -> what);
  }

  /** The same; what it is for is only put into words when it is asked for. */
  long startWaiting(Supplier<String> what) {
    woken = false;
    waitingFor = what;
    return ++ticket;
  }

  /** Ends the wait that has this ticket; a wake-up that comes too late does nothing. */
  boolean wake(long forTicket) {
    if (forTicket == ticket && !woken) {
      woken = true;
      return true;
    }
    return false;
  }

  boolean woken() {
    return woken;
  }

  long ticket() {
    return ticket;
  }

  String waitingFor() {
    return waitingFor.get();
  }
}
