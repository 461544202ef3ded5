package io.heddle.scenarios.model;

import java.time.Duration;

/**
 * A workload sends its records in transactions.
 *
 * @param records how many are in one; in the last one what is left
 * @param aborted the share of transactions that the producer aborts
 * @param hanging the share that it never ends: it goes away and another one takes its place, and
 *     the coordinator aborts what was left open when its time is over
 * @param timeout after which the coordinator does so
 */
public record Transactions(int records, double aborted, double hanging, Duration timeout) {
  /** The time of a transaction where nothing is said of it. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** Refuses what Kafka would refuse, and a workload of which nothing is left. */
  public Transactions {
    Require.between("records", records, 1, 1_000_000);
    Require.that(
        aborted + hanging < 1,
        "aborted and hanging must be less than 100% together, were "
            + Units.formatShare(aborted)
            + " and "
            + Units.formatShare(hanging));
    Require.positive("timeout", timeout);
    Require.that(
        timeout.compareTo(LONGEST) <= 0 && timeout.toMillis() > 0,
        "timeout must be from 1ms to 15m, as brokers have it, was " + Units.format(timeout));
  }

  /** The same with so many records in each. */
  public Transactions withRecords(int value) {
    return new Transactions(value, aborted, hanging, timeout);
  }

  /** The same with other shares of those that are not committed. */
  public Transactions withShares(double abortedOnes, double hangingOnes) {
    return new Transactions(records, abortedOnes, hangingOnes, timeout);
  }
}
