package io.heddle.simulator.core;

/** A started simulated thread, for those who want to wait for its end. */
public final class SimHandle {
  private final WaitQueue end;
  private boolean finished;

  SimHandle(WaitQueue end) {
    this.end = end;
  }

  /** Whether the thread has ended. */
  public boolean isFinished() {
    return finished;
  }

  /**
   * Waits in virtual time for the thread's end.
   *
   * @return whether it ended in time
   */
  public boolean join(long timeoutNanos) {
    if (!finished) {
      end.await(timeoutNanos);
    }
    return finished;
  }

  void finished(boolean silently) {
    finished = true;
    if (!silently) {
      end.signalAll();
    }
  }
}
