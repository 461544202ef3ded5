package io.heddle.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The sampled events of one ownership that are complete and not committed. The strand adds, the
 * poll thread takes away.
 */
final class CommitTimes {
  private record Done(long offset, long nanos) {}

  private final Queue<Done> added = new ConcurrentLinkedQueue<>();
  // Of the poll thread.
  private final List<Done> waiting = new ArrayList<>();

  void completed(long offset, long nowNanos) {
    added.add(new Done(offset, nowNanos));
  }

  /** All below this offset are committed. */
  void committed(long offset, long nowNanos, LatencyHistogram times) {
    Done next = added.poll();
    while (next != null) {
      waiting.add(next);
      next = added.poll();
    }
    waiting.removeIf(
        done -> {
          boolean covered = done.offset() < offset;
          if (covered) {
            times.record(nowNanos - done.nanos());
          }
          return covered;
        });
  }
}
