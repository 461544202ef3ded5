package io.heddle.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The interjections of a source. Thread-safe, save that schedules are made before the start. */
final class Interjections {
  /** Something to be done again and again. */
  record Schedule(Interjector interjector, Duration every, Duration jitter) {
    long delayNanos(double chance) {
      return every.toNanos() + (long) (jitter.toNanos() * (2 * chance - 1));
    }
  }

  private final List<Schedule> schedules = new ArrayList<>();
  private final Map<Long, Interjection> pending = new ConcurrentSkipListMap<>();
  private final AtomicLong made = new AtomicLong();
  private volatile boolean over;

  void add(Schedule schedule) {
    schedules.add(schedule);
  }

  List<Schedule> schedules() {
    return schedules;
  }

  /** Does it once, if there is a worker; the future completes whatever happens. */
  CompletableFuture<Void> once(
      TopicPartition partition, @Nullable PartitionWorker worker, Interjector interjector) {
    CompletableFuture<Void> future = new CompletableFuture<>();
    if (worker == null) {
      future.completeExceptionally(new InterjectionDroppedException(partition + " is not owned"));
      return future;
    }
    long number = made.getAndIncrement();
    Interjection interjection =
        new Interjection(
            interjector,
            failure -> {
              pending.remove(number);
              if (failure == null) {
                future.complete(null);
              } else {
                future.completeExceptionally(failure);
              }
            });
    pending.put(number, interjection);
    worker.post(interjection);
    if (over) {
      endAll();
    }
    return future;
  }

  /** The source has ended: what nobody has answered by now nobody will. */
  void endAll() {
    over = true;
    List.copyOf(pending.values())
        .forEach(left -> left.end(new InterjectionDroppedException("the source has closed")));
  }
}
