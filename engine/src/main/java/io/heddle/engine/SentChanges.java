package io.heddle.engine;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The changes that one callback made to one persistent store, on their way to the change log. The
 * strand counts them, the producer's thread acknowledges, the strand looks.
 */
final class SentChanges {
  private final long callback;
  private final AtomicInteger unacknowledged = new AtomicInteger();
  // Of the strand.
  private int count;
  // Of the producer's thread until all are acknowledged.
  private long first = Long.MAX_VALUE;
  private long last = -1;

  SentChanges(long callback) {
    this.callback = callback;
  }

  /** The number of the callback. */
  long callback() {
    return callback;
  }

  /** One more. Before it is sent. */
  void countOne() {
    count++;
    unacknowledged.incrementAndGet();
  }

  void acknowledged(long offset) {
    first = Math.min(first, offset);
    last = Math.max(last, offset);
    unacknowledged.decrementAndGet();
  }

  boolean areAcknowledged() {
    return unacknowledged.get() == 0;
  }

  long first() {
    return first;
  }

  long last() {
    return last;
  }

  /** Whether nothing came between them. */
  boolean areTogether() {
    return last - first + 1 == count;
  }
}
