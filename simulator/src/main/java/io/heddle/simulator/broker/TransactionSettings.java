package io.heddle.simulator.broker;

/**
 * How transactions are coordinated; Kafka's names and defaults.
 *
 * @param maxTimeoutMs {@code transaction.max.timeout.ms}
 * @param timeoutCheckIntervalMs {@code
 *     transaction.abort.timed.out.transaction.cleanup.interval.ms}: how often the coordinator looks
 *     for transactions that have taken too long
 * @param addPartitionsBackoffMs {@code add.partitions.to.txn.retry.backoff.ms}: after how long a
 *     broker tries again to make a partition part of a transaction while the one before ends
 * @param addPartitionsMaxWaitMs {@code add.partitions.to.txn.retry.backoff.max.ms}: for how long
 */
public record TransactionSettings(
    int maxTimeoutMs,
    int timeoutCheckIntervalMs,
    int addPartitionsBackoffMs,
    int addPartitionsMaxWaitMs) {
  /** Refuses what cannot be. */
  public TransactionSettings {
    atLeastOne("maxTimeoutMs", maxTimeoutMs);
    atLeastOne("timeoutCheckIntervalMs", timeoutCheckIntervalMs);
    atLeastOne("addPartitionsBackoffMs", addPartitionsBackoffMs);
    atLeastOne("addPartitionsMaxWaitMs", addPartitionsMaxWaitMs);
  }

  /** Kafka's defaults. */
  public static TransactionSettings defaults() {
    return new TransactionSettings(900_000, 10_000, 20, 100);
  }

  /** The same with another limit for the time-out that a producer may ask for. */
  public TransactionSettings withMaxTimeoutMs(int timeoutMs) {
    return new TransactionSettings(
        timeoutMs, timeoutCheckIntervalMs, addPartitionsBackoffMs, addPartitionsMaxWaitMs);
  }

  /** The same with another interval between looking for transactions that have timed out. */
  public TransactionSettings withTimeoutCheckIntervalMs(int intervalMs) {
    return new TransactionSettings(
        maxTimeoutMs, intervalMs, addPartitionsBackoffMs, addPartitionsMaxWaitMs);
  }

  /** The same with another patience of a broker whose producer's last transaction still ends. */
  public TransactionSettings withAddPartitionsWaitMs(int backoffMs, int maxWaitMs) {
    return new TransactionSettings(maxTimeoutMs, timeoutCheckIntervalMs, backoffMs, maxWaitMs);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
  }
}
