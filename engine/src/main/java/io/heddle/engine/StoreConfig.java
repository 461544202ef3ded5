package io.heddle.engine;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The settings of a state store. Immutable; every field is checked when it is built.
 *
 * @param name its name within the source, not blank
 * @param changeLog the topic of its changes, not blank; it has as many partitions as the source's
 *     topic, and each store of each group has one of its own
 * @param create whether the topic is made if it does not exist
 * @param replicationFactor of a topic that is made; nothing for the brokers' default
 * @param topicConfig Kafka's settings of a topic that is made; {@code cleanup.policy} is {@code
 *     compact} and nothing else, or changes would get lost
 * @param guard whether accesses to entries that do not ascend in the order of the partition are
 *     refused with a {@link StoreAccessException}; exactly-once delivery needs it
 */
public record StoreConfig(
    String name,
    String changeLog,
    boolean create,
    Optional<Short> replicationFactor,
    Map<String, String> topicConfig,
    boolean guard) {
  static final String COMPACT = TopicConfig.CLEANUP_POLICY_COMPACT;
  private static final Duration KAFKAS_TOMBSTONES_KEPT = Duration.ofDays(1);

  /** Checks and copies. */
  public StoreConfig {
    notBlank(name, "name");
    notBlank(changeLog, "changeLog");
    replicationFactor.ifPresent(factor -> Checks.atLeast(1, factor, "replicationFactor"));
    topicConfig = Collections.unmodifiableMap(new TreeMap<>(topicConfig));
    String policy = topicConfig.get(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (!COMPACT.equals(policy)) {
      throw new IllegalArgumentException(
          "topicConfig must have cleanup.policy=compact, was '%s'".formatted(policy));
    }
  }

  /** The defaults: a topic that is made if it is missing, compacted, and the guard. */
  public static StoreConfig of(String name, String changeLog) {
    return new StoreConfig(
        name,
        changeLog,
        true,
        Optional.empty(),
        Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, COMPACT),
        true);
  }

  /** This, for a change log that has to be there. */
  public StoreConfig withoutCreation() {
    return new StoreConfig(name, changeLog, false, replicationFactor, topicConfig, guard);
  }

  /** This, with so many replicas of a change log that is made. */
  public StoreConfig withReplicationFactor(int value) {
    if (value > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "replicationFactor must be at most %d, was %d".formatted(Short.MAX_VALUE, value));
    }
    return new StoreConfig(name, changeLog, create, Optional.of((short) value), topicConfig, guard);
  }

  /** This, with one more of Kafka's settings for a change log that is made. */
  public StoreConfig withTopicConfig(String setting, String value) {
    Map<String, String> changed = new TreeMap<>(topicConfig);
    changed.put(setting, value);
    return new StoreConfig(name, changeLog, create, replicationFactor, changed, guard);
  }

  /** This, without the guard. */
  public StoreConfig withoutGuard() {
    return new StoreConfig(name, changeLog, create, replicationFactor, topicConfig, false);
  }

  /** How long the change log keeps tombstones at least, if it is as it is to be made. */
  Duration tombstonesKept() {
    String millis = topicConfig.get(TopicConfig.DELETE_RETENTION_MS_CONFIG);
    return millis == null ? KAFKAS_TOMBSTONES_KEPT : Duration.ofMillis(Long.parseLong(millis));
  }

  private static void notBlank(String value, String field) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("%s must not be blank, was '%s'".formatted(field, value));
    }
  }
}
