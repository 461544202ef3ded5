package io.heddle.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Whether a partition should take records in, and why not. Thread-safe.
 *
 * <p>Anyone may close or open it; only the poll thread acts on it. Closing needs no wake-up, the
 * thread looks before each poll. Opening wakes it, but only if the partition is paused.
 */
final class IntakeGate {
  private final int maxInFlight;
  private final PollWaker waker;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicIntegerArray holds = new AtomicIntegerArray(PauseReason.values().length);
  private volatile @Nullable PauseReason paused;

  IntakeGate(int maxInFlight, PollWaker waker) {
    this.maxInFlight = maxInFlight;
    this.waker = waker;
  }

  void taken(int records) {
    inFlight.addAndGet(records);
  }

  void finished(int records) {
    inFlight.addAndGet(-records);
    wakeIfOpened();
  }

  int inFlight() {
    return inFlight.get();
  }

  void hold(PauseReason reason) {
    holds.incrementAndGet(reason.ordinal());
  }

  void release(PauseReason reason) {
    int left = holds.decrementAndGet(reason.ordinal());
    Checks.invariant(left >= 0, "%s released more often than held", reason);
    wakeIfOpened();
  }

  /** Why intake should be stopped now, if it should. */
  @Nullable PauseReason pressure() {
    for (PauseReason reason : PauseReason.values()) {
      if (holds.get(reason.ordinal()) > 0) {
        return reason;
      }
    }
    // Once stopped, wait until half is worked off: a pause per record would help nobody.
    int limit = paused == null ? maxInFlight : maxInFlight / 2 + 1;
    return inFlight.get() >= limit ? PauseReason.IN_FLIGHT : null;
  }

  /** Why the partition is paused, if it is. */
  @Nullable PauseReason paused() {
    return paused;
  }

  /**
   * Called by the poll thread, before it asks {@link #pressure} again: whoever opens the gate after
   * that question sees the mark and wakes the thread.
   */
  void markPaused(@Nullable PauseReason reason) {
    paused = reason;
  }

  private void wakeIfOpened() {
    if (paused != null && pressure() == null) {
      waker.wake();
    }
  }
}
