package io.heddle.simulator.core;

import org.jspecify.annotations.Nullable;

/** Whether a run is over, and why it failed. Set once; read by any thread. */
final class Ending {
  private volatile @Nullable Throwable failure;
  private volatile boolean over;

  /** The run is over; only the first failure counts. */
  void fail(Throwable cause) {
    suspect(cause);
    over = true;
  }

  /** Takes down why the run fails, if nothing has been taken down before. */
  void suspect(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  /** The run is over, in good order as far as this caller knows. */
  void end() {
    over = true;
  }

  boolean over() {
    return over;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  /** What a thread throws that must unwind. */
  SimulationEnded unwinding() {
    return new SimulationEnded("the simulation is over");
  }
}
