package io.heddle.simulator.core;

/** The simulation cannot go on: the message says why and what to do about it. */
public final class SimulationFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why the simulation cannot go on. */
  public enum Reason {
    /** Nothing is left to happen, but somebody still waits. */
    STALLED,
    /** A limit of virtual time, events or real time was reached. */
    LIMIT,
    /** A thread blocks outside the simulation. */
    BLOCKED_OUTSIDE,
    /** A thread is busy without asking the simulation for anything. */
    SPINNING,
    /** A thread goes on when it is told to end. */
    UNENDING
  }

  private final Reason reason;

  SimulationFailure(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why, to tell kinds of failure apart. */
  public Reason reason() {
    return reason;
  }
}
