package io.heddle.engine;

import java.time.Duration;

/**
 * The limits of an {@link AsyncBatcher}. Crossing {@code maxWaitingItems} pauses the partition that
 * crossed it; the others are hard.
 *
 * @param maxBatchSize items in a batch, at least 1
 * @param maxConcurrentBatches batches running at once, at least 1
 * @param accumulationDelay how long an item may wait for its batch to fill, zero or more
 * @param maxWaitingItems items waiting for a batch before intake stops, at least 1
 */
public record BatcherConfig(
    int maxBatchSize, int maxConcurrentBatches, Duration accumulationDelay, int maxWaitingItems) {

  /** Refuses limits below one and negative delays. */
  public BatcherConfig {
    Checks.atLeast(1, maxBatchSize, "maxBatchSize");
    Checks.atLeast(1, maxConcurrentBatches, "maxConcurrentBatches");
    Checks.notNegative(accumulationDelay, "accumulationDelay");
    Checks.atLeast(1, maxWaitingItems, "maxWaitingItems");
  }

  /** These limits, and 10 000 waiting items. */
  public static BatcherConfig of(
      int maxBatchSize, int maxConcurrentBatches, Duration accumulationDelay) {
    return new BatcherConfig(maxBatchSize, maxConcurrentBatches, accumulationDelay, 10_000);
  }
}
