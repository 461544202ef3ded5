package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.MetadataResponse;
import io.heddle.simulator.protocol.MetadataResponse.PartitionMetadata;
import io.heddle.simulator.protocol.MetadataResponse.TopicMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** What the answers about the cluster so far have told of topics. */
final class KnownTopics {
  final Map<String, TopicMetadata> topics = new TreeMap<>();
  // Worked out when it is asked for, until the next answer; looked up only.
  final Map<TopicPartition, Optional<ClusterView.Leader>> leaders = new HashMap<>();
  // The latest of each partition; outlives the topic, and is looked up only.
  private final Map<TopicPartition, Integer> epochs = new HashMap<>();

  /** Whether of some partition this tells something newer, or nothing that can be compared. */
  boolean tellsNews(MetadataResponse response) {
    boolean news = false;
    for (TopicMetadata topic : response.topics()) {
      if (topic.error() != ErrorCode.NONE) {
        continue;
      }
      TopicMetadata before = topics.get(topic.name());
      boolean other = before == null || !before.topicId().equals(topic.topicId());
      for (PartitionMetadata partition : topic.partitions()) {
        TopicPartition name = new TopicPartition(topic.name(), partition.partition());
        news |= tellsNews(name, partition.leaderEpoch(), other);
      }
    }
    return news;
  }

  private boolean tellsNews(TopicPartition partition, int epoch, boolean otherTopic) {
    if (epoch < 0) {
      epochs.remove(partition);
      return true;
    }
    Integer latest = epochs.get(partition);
    boolean news = otherTopic || latest == null || epoch > latest;
    if (news) {
      epochs.put(partition, epoch);
    }
    return news;
  }

  Optional<ClusterView.Leader> leader(TopicPartition partition) {
    Optional<ClusterView.Leader> leader = leaders.get(partition);
    if (leader == null) {
      leader = lookUpLeader(partition);
      leaders.put(partition, leader);
    }
    return leader;
  }

  private Optional<ClusterView.Leader> lookUpLeader(TopicPartition partition) {
    TopicMetadata topic = topics.get(partition.topic());
    if (topic == null) {
      return Optional.empty();
    }
    List<PartitionMetadata> partitions = topic.partitions();
    // Brokers answer in order, so of a thousand partitions the right one is met at once.
    int place = partition.partition();
    boolean inOrder = place < partitions.size() && partitions.get(place).partition() == place;
    for (PartitionMetadata metadata : inOrder ? partitions.subList(place, place + 1) : partitions) {
      if (metadata.partition() == partition.partition() && metadata.leaderId() >= 0) {
        return Optional.of(
            new ClusterView.Leader(metadata.leaderId(), metadata.leaderEpoch(), topic.topicId()));
      }
    }
    return Optional.empty();
  }
}
