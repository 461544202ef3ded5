package io.heddle.scenarios.model;

import java.time.Duration;

/**
 * The limits of batches.
 *
 * @param maxSize items in a batch
 * @param maxConcurrent batches running at once
 * @param delay how long an item waits for its batch to fill
 * @param maxWaiting items waiting for a batch before intake stops
 * @param items how many items a record is made into, at most
 * @param minItems how many it is made into at least; none at all counts as done
 * @param errors the share of batches that fail as a whole once their time is up; each of their
 *     items says so, and its record is completed with that
 */
public record Batcher(
    int maxSize,
    int maxConcurrent,
    Duration delay,
    int maxWaiting,
    int items,
    int minItems,
    double errors) {
  /** Batches of up to 50, four at once, after 10 ms at the latest; an item for each record. */
  public static final Batcher DEFAULT = new Batcher(50, 4, Duration.ofMillis(10), 10_000, 1, 1, 0);

  /** Refuses limits below 1. */
  public Batcher {
    Require.between("max-size", maxSize, 1, 1_000_000);
    Require.between("max-concurrent", maxConcurrent, 1, 1_000_000);
    Require.notNegative("delay", delay);
    Require.between("max-waiting", maxWaiting, 1, 1_000_000_000);
    Require.between("items", items, 1, 1_000);
    Require.between("min-items", minItems, 0, items);
    Require.that(
        errors >= 0 && errors <= 0.5,
        "errors must be at most 50%, was " + Units.formatShare(errors));
  }

  /** Records of always as many items, and batches that do not fail. */
  public Batcher(int maxSize, int maxConcurrent, Duration delay, int maxWaiting, int items) {
    this(maxSize, maxConcurrent, delay, maxWaiting, items, items, 0);
  }

  /** The same with records of so many items. */
  public Batcher withItems(int least, int most) {
    return new Batcher(maxSize, maxConcurrent, delay, maxWaiting, most, least, errors);
  }

  /** The same with another share of batches that fail. */
  public Batcher withErrors(double share) {
    return new Batcher(maxSize, maxConcurrent, delay, maxWaiting, items, minItems, share);
  }
}
