package io.heddle.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Has the strands look for jobs that are past their deadline, a few times in each deadline. */
final class Overdue {
  /** How many looks there are in a deadline, and so by which part of it one may be noticed late. */
  private static final int LOOKS = 8;

  private final Engine engine;
  private final Supplier<Collection<PartitionWorker>> workers;
  private final long everyNanos;

  Overdue(Engine engine, Supplier<Collection<PartitionWorker>> workers) {
    this.engine = engine;
    this.workers = workers;
    Duration deadline = engine.config().patience().jobDeadline();
    this.everyNanos = deadline.isZero() ? 0 : Math.max(1_000_000, deadline.toNanos() / LOOKS);
  }

  /** Poll thread only, as all of it. */
  void start() {
    if (everyNanos > 0) {
      Timers.Alarm unused = engine.timers().at(engine.nanoTime() + everyNanos, this::look);
    }
  }

  private void look() {
    for (PartitionWorker worker : workers.get()) {
      worker.post(Overdue::answer);
    }
    start();
  }

  private static void answer(PartitionWorker worker) {
    Engine engine = worker.engine();
    long limit = engine.config().patience().jobDeadline().toNanos();
    long now = engine.nanoTime();
    // First all are found: to answer one may end others.
    List<Event> found = new ArrayList<>();
    worker
        .tracker()
        .forEachPending(
            event -> {
              if (event.isElsewhere() && event.hasTakenLongerThan(limit, now)) {
                found.add(event);
              }
            });
    found.forEach(event -> worker.recovery().deadlinePassed(event));
  }
}
