package io.heddle.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Whether a partition should take records in, and why not. Thread-safe.
 *
 * <p>Anyone may close or open it; only the poll thread acts on it. Closing needs no wake-up, the
 * thread looks before each poll. Opening wakes it, but only if the partition is paused.
 */
final class IntakeGate {
  private final FlowLimits limits;
  private final PollWaker waker;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong inFlightBytes = new AtomicLong();
  private final Map<PauseReason, AtomicInteger> holds = new EnumMap<>(PauseReason.class);
  // An array: they are asked before each poll, and for each event that ends.
  private final PauseReason[] held;
  private volatile long behindGap;
  private volatile @Nullable PauseReason paused;

  IntakeGate(FlowLimits limits, PollWaker waker) {
    this.limits = limits;
    this.waker = waker;
    holds.put(PauseReason.KEY_QUEUE, new AtomicInteger());
    holds.put(PauseReason.KEY_TABLE, new AtomicInteger());
    holds.put(PauseReason.BATCH_QUEUE, new AtomicInteger());
    holds.put(PauseReason.TRANSACTION, new AtomicInteger());
    holds.put(PauseReason.RESTORING, new AtomicInteger());
    held = holds.keySet().toArray(PauseReason[]::new);
  }

  void taken(int records, long bytes) {
    inFlight.addAndGet(records);
    inFlightBytes.addAndGet(bytes);
  }

  void finished(int records, long bytes) {
    inFlight.addAndGet(-records);
    inFlightBytes.addAndGet(-bytes);
    wakeIfOpened();
  }

  int inFlight() {
    return inFlight.get();
  }

  long inFlightBytes() {
    return inFlightBytes.get();
  }

  /** How much is complete behind what is not. Strand only. */
  void setBehindGap(long records) {
    // Most turns leave no gap, and need no write that others have to see.
    if (behindGap != records) {
      behindGap = records;
    }
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

  /** Whether this is one of the reasons to stop intake now. */
  boolean isHeld(PauseReason reason) {
    return countOf(reason).get() > 0;
  }

  /** Why intake should be stopped now, if it should. */
  @Nullable PauseReason pressure() {
    for (PauseReason reason : held) {
      if (isHeld(reason)) {
        return reason;
      }
    }
    // Once stopped, wait until half is worked off: a pause per record would help nobody.
    boolean stopped = paused != null;
    int most = limits.maxInFlightPerPartition();
    if (inFlight.get() >= (stopped ? most / 2 + 1 : most)) {
      return PauseReason.IN_FLIGHT;
    }
    long mostBytes = limits.maxInFlightBytesPerPartition();
    long bytes = inFlightBytes.get();
    if (bytes >= (stopped ? mostBytes / 2 + 1 : mostBytes)) {
      return PauseReason.IN_FLIGHT_BYTES;
    }
    long mostBehind = limits.maxBehindGapPerPartition();
    return behindGap >= (stopped ? mostBehind / 2 + 1 : mostBehind) ? PauseReason.COMMIT_GAP : null;
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
