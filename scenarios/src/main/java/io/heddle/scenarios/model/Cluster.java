package io.heddle.scenarios.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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
    CLASSIC,
    /** The coordinator assigns, member by member (KIP-848). */
    CONSUMER;

    /** The name in files, such as {@code consumer}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The names of all. */
    public static List<String> labels() {
      return Arrays.stream(values()).map(Protocol::label).toList();
    }
  }

  /** The same with another protocol. */
  public Cluster withProtocol(Protocol wanted) {
    return new Cluster(wanted, brokers, initialRebalanceDelay);
  }
}
