package io.heddle.simulator.broker;

/**
 * How groups are coordinated; Kafka's names and defaults.
 *
 * @param minSessionTimeoutMs {@code group.min.session.timeout.ms}
 * @param maxSessionTimeoutMs {@code group.max.session.timeout.ms}
 * @param initialRebalanceDelayMs {@code group.initial.rebalance.delay.ms}
 * @param maxSize {@code group.max.size}
 * @param offsetMetadataMaxBytes {@code offset.metadata.max.bytes}
 * @param consumer how consumer groups (KIP-848) are coordinated
 */
public record GroupSettings(
    int minSessionTimeoutMs,
    int maxSessionTimeoutMs,
    int initialRebalanceDelayMs,
    int maxSize,
    int offsetMetadataMaxBytes,
    ConsumerGroupSettings consumer) {
  /** Refuses what cannot be. */
  public GroupSettings {
    if (minSessionTimeoutMs < 1 || maxSessionTimeoutMs < minSessionTimeoutMs) {
      throw new IllegalArgumentException(
          "session timeouts must be positive and ascend, were "
              + minSessionTimeoutMs
              + " and "
              + maxSessionTimeoutMs);
    }
    if (initialRebalanceDelayMs < 0) {
      throw new IllegalArgumentException(
          "initialRebalanceDelayMs must not be negative, was " + initialRebalanceDelayMs);
    }
    if (maxSize < 1) {
      throw new IllegalArgumentException("maxSize must be at least 1, was " + maxSize);
    }
    if (offsetMetadataMaxBytes < 0) {
      throw new IllegalArgumentException(
          "offsetMetadataMaxBytes must not be negative, was " + offsetMetadataMaxBytes);
    }
  }

  /** Kafka's defaults. */
  public static GroupSettings defaults() {
    return new GroupSettings(
        6_000, 1_800_000, 3_000, Integer.MAX_VALUE, 4_096, ConsumerGroupSettings.defaults());
  }

  /** The same with other bounds for session timeouts. */
  public GroupSettings withSessionTimeoutMs(int min, int max) {
    return new GroupSettings(
        min, max, initialRebalanceDelayMs, maxSize, offsetMetadataMaxBytes, consumer);
  }

  /** The same with another wait for a new group's first members. */
  public GroupSettings withInitialRebalanceDelayMs(int delayMs) {
    return new GroupSettings(
        minSessionTimeoutMs,
        maxSessionTimeoutMs,
        delayMs,
        maxSize,
        offsetMetadataMaxBytes,
        consumer);
  }

  /** The same with another limit for members. */
  public GroupSettings withMaxSize(int members) {
    return new GroupSettings(
        minSessionTimeoutMs,
        maxSessionTimeoutMs,
        initialRebalanceDelayMs,
        members,
        offsetMetadataMaxBytes,
        consumer);
  }

  /** The same with another limit for the note that a commit carries. */
  public GroupSettings withOffsetMetadataMaxBytes(int bytes) {
    return new GroupSettings(
        minSessionTimeoutMs,
        maxSessionTimeoutMs,
        initialRebalanceDelayMs,
        maxSize,
        bytes,
        consumer);
  }

  /** The same with other settings for consumer groups. */
  public GroupSettings withConsumer(ConsumerGroupSettings settings) {
    return new GroupSettings(
        minSessionTimeoutMs,
        maxSessionTimeoutMs,
        initialRebalanceDelayMs,
        maxSize,
        offsetMetadataMaxBytes,
        settings);
  }
}
