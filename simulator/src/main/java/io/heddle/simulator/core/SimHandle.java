package io.heddle.simulator.core;

/** A started simulated thread, for those who want to wait for its end. */
public final class SimHandle {
  private final Simulation simulation;
  private final WaitQueue end;
  private volatile boolean finished;

  SimHandle(Simulation simulation, WaitQueue end) {
    this.simulation = simulation;
    this.end = end;
  }

  /** Whether the thread has ended. */
  public boolean isFinished() {
    return finished;
  }

  /**
   * Waits for the thread's end.
   *
   * @return whether it ended in time
   */
  public boolean join(long timeoutNanos) {
    simulation.enter();
    try {
      if (!finished) {
        end.await(timeoutNanos);
      }
      return finished;
    } finally {
      simulation.exit();
    }
  }

  void finished(boolean silently) {
    finished = true;
    if (!silently) {
      end.signalAll();
    }
  }
}
