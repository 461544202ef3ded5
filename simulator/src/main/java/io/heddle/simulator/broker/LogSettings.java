package io.heddle.simulator.broker;

import java.util.Map;

/**
 * How brokers keep logs; Kafka's names and defaults.
 *
 * @param topicDefaults what topics have that do not say otherwise, by the topics' own names for it
 *     ({@code retention.ms} for {@code log.retention.ms})
 * @param retentionCheckIntervalMs {@code log.retention.check.interval.ms}: how often a broker looks
 *     for what is to be deleted
 * @param initialTaskDelayMs {@code log.initial.task.delay.ms}: when it looks for the first time
 * @param cleanerBackoffMs {@code log.cleaner.backoff.ms}: how often it looks for what is to be
 *     compacted
 */
public record LogSettings(
    TopicConfig topicDefaults,
    long retentionCheckIntervalMs,
    long initialTaskDelayMs,
    long cleanerBackoffMs) {
  /** Refuses intervals in which nothing would ever come to an end. */
  public LogSettings {
    atLeastOne("retentionCheckIntervalMs", retentionCheckIntervalMs);
    atLeastOne("cleanerBackoffMs", cleanerBackoffMs);
    if (initialTaskDelayMs < 0) {
      throw new IllegalArgumentException(
          "initialTaskDelayMs must not be negative, was " + initialTaskDelayMs);
    }
  }

  /** Kafka's defaults. */
  public static LogSettings defaults() {
    return new LogSettings(TopicConfig.DEFAULT, 300_000, 30_000, 15_000);
  }

  /** The same with other defaults for topics. */
  public LogSettings withTopicDefaults(Map<String, String> configs) {
    return new LogSettings(
        topicDefaults.with(configs),
        retentionCheckIntervalMs,
        initialTaskDelayMs,
        cleanerBackoffMs);
  }

  /** The same with brokers that look for what is to be deleted more or less often. */
  public LogSettings withRetentionCheck(long initialDelayMs, long intervalMs) {
    return new LogSettings(topicDefaults, intervalMs, initialDelayMs, cleanerBackoffMs);
  }

  /** The same with brokers that look for what is to be compacted more or less often. */
  public LogSettings withCleanerBackoffMs(long intervalMs) {
    return new LogSettings(topicDefaults, retentionCheckIntervalMs, initialTaskDelayMs, intervalMs);
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
  }
}
