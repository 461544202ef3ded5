package io.heddle.engine;

import java.util.Collection;
import java.util.function.BooleanSupplier;

/** The wait for partitions to finish what is to be finished of them. Of the poll thread. */
final class Drain {
  private Drain() {}

  static boolean isOver(Collection<PartitionWorker> leaving) {
    return leaving.stream().allMatch(PartitionWorker::isDrained);
  }

  /** Waits for the drain or the deadline, and runs timers meanwhile: the drain may need them. */
  static boolean await(Engine engine, Collection<PartitionWorker> leaving, long deadlineNanos)
      throws InterruptedException {
    Timers timers = engine.timers();
    BooleanSupplier over = () -> engine.lifecycle().isImmediate() || isOver(leaving);
    while (!over.getAsBoolean()) {
      long now = engine.nanoTime();
      timers.runDue(now);
      long left = deadlineNanos - now;
      if (left <= 0) {
        return false;
      }
      long wait = Math.min(left, timers.untilNext(now));
      boolean unused =
          engine
              .monitor()
              .awaitUntil(() -> over.getAsBoolean() || timers.untilNext(now) < wait, now + wait);
    }
    return true;
  }
}
