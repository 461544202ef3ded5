package io.heddle.simulator.broker;

/**
 * How consumer groups (KIP-848) are coordinated; Kafka's names and defaults.
 *
 * @param sessionTimeoutMs {@code group.consumer.session.timeout.ms}
 * @param heartbeatIntervalMs {@code group.consumer.heartbeat.interval.ms}
 * @param maxSize {@code group.consumer.max.size}
 * @param assignmentIntervalMs {@code group.consumer.assignment.interval.ms}: how long after an
 *     assignment the next one is made at the earliest
 * @param regexRefreshIntervalMs {@code group.consumer.regex.refresh.interval.ms}
 * @param migration whether a group with members may change its protocol, {@code
 *     group.consumer.migration.policy}
 */
public record ConsumerGroupSettings(
    int sessionTimeoutMs,
    int heartbeatIntervalMs,
    int maxSize,
    int assignmentIntervalMs,
    int regexRefreshIntervalMs,
    Migration migration) {
  /** What happens to a member that speaks another protocol than the members of its group. */
  public enum Migration {
    /** It is turned away, as by Kafka with {@code disabled}. */
    DISABLED,
    /** Kafka's default; the simulator does not model it and says so when it would be needed. */
    BIDIRECTIONAL
  }

  /** Refuses what cannot be. */
  public ConsumerGroupSettings {
    atLeast("sessionTimeoutMs", sessionTimeoutMs, 1);
    atLeast("heartbeatIntervalMs", heartbeatIntervalMs, 1);
    atLeast("maxSize", maxSize, 1);
    atLeast("assignmentIntervalMs", assignmentIntervalMs, 0);
    atLeast("regexRefreshIntervalMs", regexRefreshIntervalMs, 10_000);
    if (heartbeatIntervalMs >= sessionTimeoutMs) {
      throw new IllegalArgumentException(
          "heartbeatIntervalMs must be less than sessionTimeoutMs, was "
              + heartbeatIntervalMs
              + " and "
              + sessionTimeoutMs);
    }
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
    }
  }

  /** Kafka's defaults. */
  public static ConsumerGroupSettings defaults() {
    return new ConsumerGroupSettings(
        45_000, 5_000, Integer.MAX_VALUE, 1_000, 600_000, Migration.BIDIRECTIONAL);
  }

  /** The same with other times for sessions and heartbeats. */
  public ConsumerGroupSettings withSession(int timeoutMs, int intervalMs) {
    return new ConsumerGroupSettings(
        timeoutMs, intervalMs, maxSize, assignmentIntervalMs, regexRefreshIntervalMs, migration);
  }

  /** The same with another limit for members. */
  public ConsumerGroupSettings withMaxSize(int members) {
    return new ConsumerGroupSettings(
        sessionTimeoutMs,
        heartbeatIntervalMs,
        members,
        assignmentIntervalMs,
        regexRefreshIntervalMs,
        migration);
  }

  /** The same with another time between two assignments. */
  public ConsumerGroupSettings withAssignmentIntervalMs(int intervalMs) {
    return new ConsumerGroupSettings(
        sessionTimeoutMs,
        heartbeatIntervalMs,
        maxSize,
        intervalMs,
        regexRefreshIntervalMs,
        migration);
  }

  /** The same with another time between two look-ups of all patterns. */
  public ConsumerGroupSettings withRegexRefreshIntervalMs(int intervalMs) {
    return new ConsumerGroupSettings(
        sessionTimeoutMs,
        heartbeatIntervalMs,
        maxSize,
        assignmentIntervalMs,
        intervalMs,
        migration);
  }

  /** The same with another answer to members of the other protocol. */
  public ConsumerGroupSettings withMigration(Migration policy) {
    return new ConsumerGroupSettings(
        sessionTimeoutMs,
        heartbeatIntervalMs,
        maxSize,
        assignmentIntervalMs,
        regexRefreshIntervalMs,
        policy);
  }
}
