package io.heddle.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final Map<PauseReason, AtomicInteger> holds = new EnumMap<>(PauseReason.class);
  private volatile @Nullable PauseReason paused;

  IntakeGate(int maxInFlight, PollWaker waker) {
    this.maxInFlight = maxInFlight;
    this.waker = waker;
    holds.put(PauseReason.KEY_QUEUE, new AtomicInteger());
    holds.put(PauseReason.KEY_TABLE, new AtomicInteger());
    holds.put(PauseReason.BATCH_QUEUE, new AtomicInteger());
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

  /** Closes the gate for one reason, among maybe others, until {@link #release}. */
  void hold(PauseReason reason) {
    countOf(reason).incrementAndGet();
  }

  void release(PauseReason reason) {
    int left = countOf(reason).decrementAndGet();
    if (left < 0) {
      throw new AssertionError(reason + " was released more often than held");
    }
    wakeIfOpened();
  }

  /** Why intake should be stopped now, if it should. */
  @Nullable PauseReason pressure() {
    for (Map.Entry<PauseReason, AtomicInteger> hold : holds.entrySet()) {
      if (hold.getValue().get() > 0) {
        return hold.getKey();
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

  private AtomicInteger countOf(PauseReason reason) {
    AtomicInteger count = holds.get(reason);
    if (count == null) {
      throw new AssertionError(reason + " is nothing that is held and released");
    }
    return count;
  }

  private void wakeIfOpened() {
    if (paused != null && pressure() == null) {
      waker.wake();
    }
  }
}
