package io.heddle.scenarios.run;

import io.heddle.engine.BatchItem;
import io.heddle.engine.BatchItems;
import io.heddle.scenarios.model.Batcher;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What is promised of the batches of one member. Thread-safe. */
final class BatchPromises {
  private final Promises promises;
  private final Batcher limits;
  private final AtomicInteger running = new AtomicInteger();

  BatchPromises(Promises promises, Batcher limits) {
    this.promises = promises;
    this.limits = limits;
  }

  /** A batch begins. */
  void begun(List<BatchItem<String, Item>> batch) {
    int now = running.incrementAndGet();
    promises.check(
        now <= limits.maxConcurrent(),
        "batch-limits",
        () -> now + " batches run, max-concurrent is " + limits.maxConcurrent());
    promises.check(
        batch.size() <= limits.maxSize(),
        "batch-limits",
        () -> "a batch has " + batch.size() + " items, max-size is " + limits.maxSize());
  }

  /** A batch ends. */
  void ended(List<BatchItem<String, Item>> batch, boolean failed) {
    running.decrementAndGet();
    batch.forEach(part -> part.value().batched(failed));
  }

  /** A record's callback is called. */
  void calledBack(Item item, BatchItems<String, Item> items) {
    int size = items.items().size();
    promises.check(
        item.batchedParts() >= size,
        "batch-callback",
        () ->
            "the callback of %s came when of its %d items %s done"
                .formatted(item.payload(), size, of(item.batchedParts(), "was", "were")));
    long errors = items.items().stream().filter(part -> part.error().isPresent()).count();
    promises.check(
        errors == item.failedParts(),
        "batch-errors",
        () ->
            "of the items of %s, %s in batches that failed, and %s so"
                .formatted(
                    item.payload(),
                    of(item.failedParts(), "was", "were"),
                    of(errors, "says", "say")));
  }

  private static String of(long count, String one, String more) {
    return switch ((int) Math.min(count, 2)) {
      case 0 -> "none " + one;
      case 1 -> "one " + one;
      default -> count + " " + more;
    };
  }
}
