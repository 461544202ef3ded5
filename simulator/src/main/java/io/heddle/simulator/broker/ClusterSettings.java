package io.heddle.simulator.broker;

/**
 * How a cluster is set up; Kafka's names and defaults.
 *
 * @param brokers how many brokers there are; their ids count from 0
 * @param clusterId what Metadata tells the clients
 * @param autoCreateTopics {@code auto.create.topics.enable}
 * @param defaultPartitions {@code num.partitions}
 * @param maxMessageBytes {@code message.max.bytes}: the largest batch that a log takes
 */
public record ClusterSettings(
    int brokers,
    String clusterId,
    boolean autoCreateTopics,
    int defaultPartitions,
    int maxMessageBytes,
    GroupSettings groups,
    TransactionSettings transactions) {
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
        TransactionSettings.defaults());
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
        transactions);
  }

  /** The same with topics created at first use, or not. */
  public ClusterSettings withAutoCreateTopics(boolean enabled) {
    return new ClusterSettings(
        brokers, clusterId, enabled, defaultPartitions, maxMessageBytes, groups, transactions);
  }

  /** The same with another number of partitions for topics that do not name theirs. */
  public ClusterSettings withDefaultPartitions(int count) {
    return new ClusterSettings(
        brokers, clusterId, autoCreateTopics, count, maxMessageBytes, groups, transactions);
  }

  /** The same with another limit for batches. */
  public ClusterSettings withMaxMessageBytes(int bytes) {
    return new ClusterSettings(
        brokers, clusterId, autoCreateTopics, defaultPartitions, bytes, groups, transactions);
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
        transactions);
  }

  /** The same with other settings for transactions. */
  public ClusterSettings withTransactions(TransactionSettings settings) {
    return new ClusterSettings(
        brokers, clusterId, autoCreateTopics, defaultPartitions, maxMessageBytes, groups, settings);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
  }
}
