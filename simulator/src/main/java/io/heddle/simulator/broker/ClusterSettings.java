package io.heddle.simulator.broker;

import java.util.Map;

/**
 * How a cluster is set up; Kafka's names and defaults.
 *
 * @param brokers how many brokers there are; their ids count from 0
 * @param clusterId what Metadata tells the clients
 * @param autoCreateTopics {@code auto.create.topics.enable}
 * @param defaultPartitions {@code num.partitions}
 * @param maxMessageBytes {@code message.max.bytes}: the largest batch that a log takes, unless its
 *     topic says otherwise
 */
public record ClusterSettings(
    int brokers,
    String clusterId,
    boolean autoCreateTopics,
    int defaultPartitions,
    int maxMessageBytes,
    GroupSettings groups,
    TransactionSettings transactions,
    LogSettings logs,
    BrokerSettings lives) {
  /** Refuses settings with which no cluster starts. */
  public ClusterSettings {
    atLeastOne("brokers", brokers);
    atLeastOne("defaultPartitions", defaultPartitions);
    atLeastOne("maxMessageBytes", maxMessageBytes);
    if (clusterId.isBlank()) {
      throw new IllegalArgumentException("clusterId must not be blank");
    }
  }

  /** A cluster with Kafka's defaults for transactions. */
  public ClusterSettings(
      int brokers,
      String clusterId,
      boolean autoCreateTopics,
      int defaultPartitions,
      int maxMessageBytes,
      GroupSettings groups) {
    this(
        brokers,
        clusterId,
        autoCreateTopics,
        defaultPartitions,
        maxMessageBytes,
        groups,
        TransactionSettings.defaults(),
        LogSettings.defaults(),
        BrokerSettings.defaults());
  }

  /** One broker and Kafka's defaults. */
  public static ClusterSettings defaults() {
    return new ClusterSettings(1, "heddle", true, 1, 1_048_588, GroupSettings.defaults());
  }

  /** The same with another number of brokers. */
  public ClusterSettings withBrokers(int count) {
    return new ClusterSettings(
        count,
        clusterId,
        autoCreateTopics,
        defaultPartitions,
        maxMessageBytes,
        groups,
        transactions,
        logs,
        lives);
  }

  /** The same with topics created at first use, or not. */
  public ClusterSettings withAutoCreateTopics(boolean enabled) {
    return new ClusterSettings(
        brokers,
        clusterId,
        enabled,
        defaultPartitions,
        maxMessageBytes,
        groups,
        transactions,
        logs,
        lives);
  }

  /** The same with another number of partitions for topics that do not name theirs. */
  public ClusterSettings withDefaultPartitions(int count) {
    return new ClusterSettings(
        brokers,
        clusterId,
        autoCreateTopics,
        count,
        maxMessageBytes,
        groups,
        transactions,
        logs,
        lives);
  }

  /** The same with another limit for batches. */
  public ClusterSettings withMaxMessageBytes(int bytes) {
    return new ClusterSettings(
        brokers,
        clusterId,
        autoCreateTopics,
        defaultPartitions,
        bytes,
        groups,
        transactions,
        logs,
        lives);
  }

  /** The same with other settings for groups. */
  public ClusterSettings withGroups(GroupSettings settings) {
    return new ClusterSettings(
        brokers,
        clusterId,
        autoCreateTopics,
        defaultPartitions,
        maxMessageBytes,
        settings,
        transactions,
        logs,
        lives);
  }

  /** The same with other settings for transactions. */
  public ClusterSettings withTransactions(TransactionSettings settings) {
    return new ClusterSettings(
        brokers,
        clusterId,
        autoCreateTopics,
        defaultPartitions,
        maxMessageBytes,
        groups,
        settings,
        logs,
        lives);
  }

  /** The same with other settings for logs. */
  public ClusterSettings withLogs(LogSettings settings) {
    return new ClusterSettings(
        brokers,
        clusterId,
        autoCreateTopics,
        defaultPartitions,
        maxMessageBytes,
        groups,
        transactions,
        settings,
        lives);
  }

  /** The same with other settings for the lives of brokers. */
  public ClusterSettings withLives(BrokerSettings settings) {
    return new ClusterSettings(
        brokers,
        clusterId,
        autoCreateTopics,
        defaultPartitions,
        maxMessageBytes,
        groups,
        transactions,
        logs,
        settings);
  }

  /** What topics have of which nothing is said. */
  TopicConfig topicDefaults() {
    TopicConfig defaults = logs.topicDefaults();
    String name = org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
    return defaults.overrides().containsKey(name)
        ? defaults
        : defaults.with(Map.of(name, String.valueOf(maxMessageBytes)));
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
  }
}
