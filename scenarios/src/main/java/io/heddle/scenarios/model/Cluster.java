package io.heddle.scenarios.model;

import java.time.Duration;

/**
 * The Kafka that a scenario runs on.
 *
 * @param protocol how group members agree on an assignment
 * @param brokers 1 to 100
 * @param initialRebalanceDelay how long an empty group waits for more members after the first one
 */
public record Cluster(Protocol protocol, int brokers, Duration initialRebalanceDelay) {
  /** One broker with Kafka's own defaults. */
  public static final Cluster DEFAULT = new Cluster(Protocol.CLASSIC, 1, Duration.ofSeconds(3));

  /** Refuses a broker count below 1 and a negative delay. */
  public Cluster {
    Require.between("brokers", brokers, 1, 100);
    Require.notNegative("initial-rebalance-delay", initialRebalanceDelay);
  }

  /** The rebalance protocols that can be asked for. */
  public enum Protocol {
    /** Members join, a leader among them assigns. */
    CLASSIC
  }
}
