package io.heddle.simulator.broker;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;

/** A topic; one of the same name that is created later has another id. */
final class Topic {
  private final String name;
  private final Uuid id;
  private final int replicationFactor;
  private final List<Partition> partitions = new ArrayList<>();
  private TopicConfig overrides;
  private TopicConfig config;

  Topic(String name, Uuid id, int replicationFactor, TopicConfig overrides, TopicConfig config) {
    this.name = name;
    this.id = id;
    this.replicationFactor = replicationFactor;
    this.overrides = overrides;
    this.config = config;
  }

  String name() {
    return name;
  }

  Uuid id() {
    return id;
  }

  /** How many replicas its first partition has: another partition gets as many. */
  int replicationFactor() {
    return partitions.isEmpty()
        ? replicationFactor
        : partitions.get(0).replicas().assigned().size();
  }

  /** A copy. */
  List<Partition> partitions() {
    return List.copyOf(partitions);
  }

  int partitionCount() {
    return partitions.size();
  }

  Partition partition(int number) {
    return partitions.get(number);
  }

  void add(Partition partition) {
    partitions.add(partition);
  }

  /** What was set for this topic, without the cluster's defaults. */
  TopicConfig overrides() {
    return overrides;
  }

  /** What holds: what was set for it, else for the cluster, else Kafka's default. */
  TopicConfig config() {
    return config;
  }

  void configure(TopicConfig changed, TopicConfig effective) {
    overrides = changed;
    config = effective;
  }
}
