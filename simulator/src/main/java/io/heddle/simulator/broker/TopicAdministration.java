package io.heddle.simulator.broker;

import io.heddle.simulator.history.Fact;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Creates, changes and deletes topics, with all that hangs on them. */
final class TopicAdministration {
  private final Topics topics;
  private final OffsetStore offsets;
  private final Surroundings surroundings;

  TopicAdministration(Topics topics, OffsetStore offsets, Surroundings surroundings) {
    this.topics = topics;
    this.offsets = offsets;
    this.surroundings = surroundings;
  }

  /**
   * Creates a topic.
   *
   * @param config what is set for it
   */
  Topic create(String name, int partitions, int replicationFactor, TopicConfig config) {
    return topics.create(
        name,
        surroundings.newTopicId(),
        partitions,
        replicationFactor,
        config,
        surroundings.wallMillis());
  }

  /** The same with replicas for each partition, the leader first. */
  Topic create(String name, List<List<Integer>> assignments, TopicConfig config) {
    return topics.create(
        name, surroundings.newTopicId(), assignments, config, surroundings.wallMillis());
  }

  /** Adds partitions with these replicas. */
  void grow(Topic topic, List<List<Integer>> assignments) {
    topics.grow(topic, assignments, surroundings.wallMillis());
  }

  /** Adds partitions up to so many; refuses to take any away. */
  void grow(Topic topic, int partitions) {
    if (partitions <= topic.partitionCount()) {
      throw new IllegalArgumentException(
          topic.name()
              + " has "
              + topic.partitionCount()
              + " partitions already, asked for "
              + partitions);
    }
    int first = topic.partitionCount() == 0 ? 0 : topic.partition(0).replicas().assigned().get(0);
    topics.grow(topic, partitions, first, surroundings.wallMillis());
  }

  /** Sets what is to be other than the cluster's defaults; what was set before is forgotten. */
  void configure(Topic topic, TopicConfig overrides) {
    topics.configure(topic, overrides);
  }

  void delete(Topic topic) {
    for (Partition partition : topic.partitions()) {
      TopicPartition id = partition.id();
      surroundings.record(Fact.Truncated.deletion(surroundings.nanoTime(), id));
    }
    offsets.forgetTopic(topic.name());
    topics.delete(topic);
  }
}
