package io.heddle.simulator.broker;

/**
 * How brokers come and go; Kafka's names and defaults.
 *
 * @param sessionTimeoutMs {@code broker.session.timeout.ms}: how long a broker that crashed is not
 *     missed; until then its partitions have no other leader, and it cannot come back either
 * @param coordinatorLoadMs how long a broker needs to read a partition of groups or transactions
 *     that it has come to coordinate
 * @param defaultReplicationFactor {@code default.replication.factor}
 * @param replicaCatchUpMs how long a broker that gets a partition it did not have needs to read it
 */
public record BrokerSettings(
    long sessionTimeoutMs,
    long coordinatorLoadMs,
    int defaultReplicationFactor,
    long replicaCatchUpMs) {
  /** Refuses what cannot be. */
  public BrokerSettings {
    if (sessionTimeoutMs < 1) {
      throw new IllegalArgumentException(
          "sessionTimeoutMs must be at least 1, was " + sessionTimeoutMs);
    }
    if (coordinatorLoadMs < 0) {
      throw new IllegalArgumentException(
          "coordinatorLoadMs must not be negative, was " + coordinatorLoadMs);
    }
    if (defaultReplicationFactor < 1) {
      throw new IllegalArgumentException(
          "defaultReplicationFactor must be at least 1, was " + defaultReplicationFactor);
    }
    if (replicaCatchUpMs < 0) {
      throw new IllegalArgumentException(
          "replicaCatchUpMs must not be negative, was " + replicaCatchUpMs);
    }
  }

  /** Kafka's defaults, and 50 ms to load what is to be coordinated or to read a partition. */
  public static BrokerSettings defaults() {
    return new BrokerSettings(9_000, 50, 1, 50);
  }

  /** The same with another time until a crash is noticed. */
  public BrokerSettings withSessionTimeoutMs(long millis) {
    return new BrokerSettings(
        millis, coordinatorLoadMs, defaultReplicationFactor, replicaCatchUpMs);
  }

  /** The same with coordinators that load for another time. */
  public BrokerSettings withCoordinatorLoadMs(long millis) {
    return new BrokerSettings(sessionTimeoutMs, millis, defaultReplicationFactor, replicaCatchUpMs);
  }

  /** The same with another number of replicas for topics that do not name theirs. */
  public BrokerSettings withDefaultReplicationFactor(int count) {
    return new BrokerSettings(sessionTimeoutMs, coordinatorLoadMs, count, replicaCatchUpMs);
  }

  /** The same with brokers that need another time to read a partition that is moved to them. */
  public BrokerSettings withReplicaCatchUpMs(long millis) {
    return new BrokerSettings(
        sessionTimeoutMs, coordinatorLoadMs, defaultReplicationFactor, millis);
  }
}
