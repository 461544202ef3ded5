package io.heddle.scenarios.model;

import io.heddle.simulator.broker.TopicConfig;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;

/**
 * A topic that exists before the run starts.
 *
 * @param partitions 1 to 10,000
 * @param replication how many replicas it has; else as many as the brokers' default
 * @param config settings of the topic by Kafka's names, in alphabetical order
 */
public record Topic(
    String name, int partitions, OptionalInt replication, SortedMap<String, String> config) {
  /**
   * Refuses a name that Kafka would refuse, no partitions, and settings that Kafka would refuse.
   */
  public Topic {
    Require.name("topics", name);
    Require.that(
        !name.equals(PartitionTarget.ANY_TOPIC), "topics must not be called any: faults mean all");
    Require.between("partitions", partitions, 1, 10_000);
    replication.ifPresent(count -> Require.between("replication", count, 1, Short.MAX_VALUE));
    config = Collections.unmodifiableSortedMap(new TreeMap<>(config));
    config.forEach(Topic::check);
  }

  /** A topic with Kafka's own settings. */
  public Topic(String name, int partitions) {
    this(name, partitions, new TreeMap<>());
  }

  /** A topic with these settings, and as many replicas as the brokers' default. */
  public Topic(String name, int partitions, SortedMap<String, String> config) {
    this(name, partitions, OptionalInt.empty(), config);
  }

  /** The same with so many partitions. */
  public Topic withPartitions(int value) {
    return new Topic(name, value, replication, config);
  }

  /** The same with other settings. */
  public Topic withConfig(SortedMap<String, String> settings) {
    return new Topic(name, partitions, replication, settings);
  }

  /** Refuses a setting that Kafka would refuse, or that is not modelled. */
  static void check(String name, String value) {
    String field = "config." + name;
    Require.text(field, value);
    Require.that(
        !TopicConfig.namesNotModelled().contains(name),
        field + " is not modelled by the simulator");
    Require.that(
        TopicConfig.names().contains(name), field + " must be a setting of Kafka's topics");
    try {
      TopicConfig.of(Map.of(name, value));
    } catch (ConfigException refused) {
      throw new IllegalArgumentException(
          field + " must be a value that Kafka takes, was '" + value + "'", refused);
    }
  }
}
