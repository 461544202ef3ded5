package io.heddle.simulator.core;

import io.heddle.simulator.history.Member;

/**
 * One life of a simulated process: what can be paused, crash and start again. Threads, timers and
 * connections belong to one; what belongs to nobody is the cluster's own. Not thread-safe.
 */
public final class SimProcess {
  /** What a process can be. */
  public enum State {
    RUNNING,
    PAUSED,
    CRASHED
  }

  private final Member member;
  // Put together once: each event of a trace names its process.
  private final String name;
  private final Actor actor;
  private volatile State state = State.RUNNING;
  private long pausedUntilNanos;
  private volatile ClockSkew clockSkew = ClockSkew.none();
  private int identities;

  /** A running process. */
  public SimProcess(Member member) {
    this.member = member;
    this.name = member.toString();
    this.actor = new Actor(name);
  }

  /** Which life of which process this is. */
  public Member member() {
    return member;
  }

  /** Who does what nobody else of it is said to do. */
  Actor actor() {
    return actor;
  }

  /** Whether it runs. */
  public State state() {
    return state;
  }

  /** Whether it has crashed; it does not come back, its successor is another object. */
  public boolean crashed() {
    return state == State.CRASHED;
  }

  /** A number that nothing else in this life of the process has. */
  public int nextIdentity() {
    return identities++;
  }

  /** How far its wall clock is off. */
  public ClockSkew clockSkew() {
    return clockSkew;
  }

  /** Sets its wall clock. */
  public void skewClock(ClockSkew skew) {
    clockSkew = skew;
  }

  /** Holds everything that belongs to this process until that time. */
  void pauseUntil(long untilNanos) {
    if (state != State.CRASHED) {
      state = State.PAUSED;
      pausedUntilNanos = Math.max(pausedUntilNanos, untilNanos);
    }
  }

  void crash() {
    state = State.CRASHED;
  }

  /** Until when what is due at {@code nowNanos} is held; {@code nowNanos} if it is not. */
  long heldUntil(long nowNanos) {
    if (state != State.PAUSED) {
      return nowNanos;
    }
    if (pausedUntilNanos <= nowNanos) {
      state = State.RUNNING;
      return nowNanos;
    }
    return pausedUntilNanos;
  }

  @Override
  public String toString() {
    return name;
  }
}
