package io.heddle.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What successive strands of one partition share: one of them may run a turn at a time. A handler
 * that outlives its ownership keeps the floor, so that the partition, come back to this instance,
 * does not start the same key beside it. Thread-safe; nobody waits.
 */
final class Floor {
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Queue<Strand> waiting = new ConcurrentLinkedQueue<>();

  /** Takes the floor; if that fails the strand's next turn is run when the floor is free. */
  boolean enter(Strand strand) {
    while (!busy.compareAndSet(false, true)) {
      waiting.add(strand);
      // Whoever left before the strand was added has not seen it.
      if (busy.get() || !waiting.remove(strand)) {
        return false;
      }
    }
    return true;
  }

  /** Gives the floor up. */
  void leave() {
    busy.set(false);
    Strand next = waiting.poll();
    if (next != null) {
      next.runLater();
    }
  }
}
