package io.heddle.simulator.broker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** The topics of a cluster, in the order in which they were created. */
final class Topics {
  private final Map<String, Topic> byName = new LinkedHashMap<>();
  private final Brokers brokers;
  private final TopicConfig defaults;
  private final Map<String, Long> changedAt = new LinkedHashMap<>();
  private int created;
  private long changes;

  Topics(Brokers brokers, TopicConfig defaults) {
    this.brokers = brokers;
    this.defaults = defaults;
  }

  Collection<Topic> all() {
    return byName.values();
  }

  /** How many topics have been created so far, those that are gone included. */
  long everCreated() {
    return created;
  }

  /** How often a topic has come, grown or gone so far. */
  long changes() {
    return changes;
  }

  /** Whether one of the topics has since there were that many changes. */
  boolean changedSince(long then, Collection<String> names) {
    return then < changes
        && names.stream().anyMatch(name -> changedAt.getOrDefault(name, 0L) > then);
  }

  private void noteChange(Topic topic) {
    changes++;
    changedAt.put(topic.name(), changes);
  }

  Optional<Topic> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Optional<Topic> find(Uuid id) {
    return byName.values().stream().filter(topic -> topic.id().equals(id)).findFirst();
  }

  Optional<Partition> find(TopicPartition id) {
    Topic topic = byName.get(id.topic());
    return topic == null || id.partition() < 0 || id.partition() >= topic.partitionCount()
        ? Optional.empty()
        : Optional.of(topic.partition(id.partition()));
  }

  /** The partitions by the names of their topics, without those of topics that are gone. */
  List<TopicPartition> named(Set<PartitionRef> partitions) {
    Map<Uuid, String> names = new LinkedHashMap<>();
    byName.values().forEach(topic -> names.put(topic.id(), topic.name()));
    List<TopicPartition> named = new ArrayList<>();
    for (PartitionRef each : partitions) {
      String name = names.get(each.topicId());
      if (name != null) {
        named.add(new TopicPartition(name, each.partition()));
      }
    }
    return named;
  }

  Partition partition(TopicPartition id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("there is no " + id));
  }

  /** All partitions, those of the topic created first before the others. */
  List<Partition> partitions() {
    return byName.values().stream().flatMap(topic -> topic.partitions().stream()).toList();
  }

  /** What topics have of which nothing is said. */
  TopicConfig defaults() {
    return defaults;
  }

  /** What holds for the topic, or, if there is none, for one of which nothing is said. */
  TopicConfig configOf(String topic) {
    Topic found = byName.get(topic);
    return found == null ? defaults : found.config();
  }

  /** Sets what is to be other than the cluster's defaults. */
  void configure(Topic topic, TopicConfig overrides) {
    topic.configure(overrides, defaults.with(overrides.overrides()));
  }

  /** A topic whose name Kafka would not tell apart from this one. */
  Optional<String> collisionWith(String name) {
    return byName.keySet().stream()
        .filter(other -> !other.equals(name) && TopicNames.collide(other, name))
        .findFirst();
  }

  /** Creates a topic and spreads its leaders over the brokers, one further with each topic. */
  Topic create(
      String name,
      Uuid id,
      int partitionCount,
      int replicationFactor,
      TopicConfig config,
      long nowMillis) {
    Topic topic = add(name, id, replicationFactor, config);
    grow(topic, partitionCount, created, nowMillis);
    created++;
    return topic;
  }

  /** Creates a topic whose partitions have these replicas. */
  Topic create(
      String name, Uuid id, List<List<Integer>> assignments, TopicConfig config, long nowMillis) {
    Topic topic = add(name, id, assignments.get(0).size(), config);
    grow(topic, assignments, nowMillis);
    created++;
    return topic;
  }

  private Topic add(String name, Uuid id, int replicationFactor, TopicConfig config) {
    Topic topic = new Topic(name, id, replicationFactor, config, defaults.with(config.overrides()));
    if (byName.putIfAbsent(name, topic) != null) {
      throw new IllegalStateException(name + " exists already");
    }
    return topic;
  }

  /** Adds partitions, up to so many. */
  void grow(Topic topic, int partitionCount, int firstBroker, long nowMillis) {
    int factor = topic.replicationFactor();
    List<List<Integer>> assignments = new ArrayList<>();
    for (int i = topic.partitionCount(); i < partitionCount; i++) {
      List<Integer> replicas = new ArrayList<>();
      for (int r = 0; r < factor; r++) {
        replicas.add((firstBroker + i + r) % brokers.count());
      }
      assignments.add(replicas);
    }
    grow(topic, assignments, nowMillis);
  }

  /** Adds partitions with these replicas. */
  void grow(Topic topic, List<List<Integer>> assignments, long nowMillis) {
    noteChange(topic);
    for (List<Integer> replicas : assignments) {
      Partition partition =
          new Partition(
              new TopicPartition(topic.name(), topic.partitionCount()),
              topic.id(),
              replicas,
              leaderAmong(replicas),
              nowMillis);
      replicas.stream()
          .filter(broker -> !brokers.isActive(broker))
          .forEach(broker -> partition.replicas().leave(broker, 0));
      topic.add(partition);
    }
  }

  private int leaderAmong(List<Integer> replicas) {
    return replicas.stream().filter(brokers::isActive).findFirst().orElse(Partition.NO_LEADER);
  }

  /** Takes the topic away; whoever waits for its records learns of it. */
  void delete(Topic topic) {
    if (!byName.remove(topic.name(), topic)) {
      throw new IllegalStateException(topic.name() + " does not exist");
    }
    noteChange(topic);
    topic.partitions().forEach(Partition::wake);
  }
}
