package io.heddle.campaign.group;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Actions to come, in the order of their times and, at the same time, of their making. */
final class Deadlines {
  /** An action to come. */
  static final class Deadline {
    private final long atMs;
    private final long sequence;
    private final Runnable action;
    private boolean cancelled;

    private Deadline(long atMs, long sequence, Runnable action) {
      this.atMs = atMs;
      this.sequence = sequence;
      this.action = action;
    }

    void cancel() {
      cancelled = true;
    }
  }

  /** The time of no action. */
  static final long NEVER = Long.MAX_VALUE;

  private static final Comparator<Deadline> ORDER =
      Comparator.<Deadline>comparingLong(it -> it.atMs).thenComparingLong(it -> it.sequence);

  private final PriorityQueue<Deadline> queue = new PriorityQueue<>(ORDER);
  private long made;

  Deadline at(long atMs, Runnable action) {
    Deadline deadline = new Deadline(atMs, made++, action);
    queue.add(deadline);
    return deadline;
  }

  /** When the next action is due, or {@link #NEVER}. */
  long next() {
    while (!queue.isEmpty() && queue.element().cancelled) {
      queue.remove();
    }
    return queue.isEmpty() ? NEVER : queue.element().atMs;
  }

  /** Runs all that is due by now, and what that makes due at once. */
  void run(long nowMs) {
    while (next() <= nowMs) {
      queue.remove().action.run();
    }
  }
}
