package io.heddle.campaign.group;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.common.runtime.CoordinatorMetadataDelta;
import org.apache.kafka.coordinator.common.runtime.CoordinatorMetadataImage;

/** The topics as Kafka's coordinator is told of them. Immutable. */
record KafkaTopics(long version, Map<String, Topic> byName) implements CoordinatorMetadataImage {
  /** No topics. */
  static final KafkaTopics NONE = new KafkaTopics(0, Map.of());

  /** One topic. */
  record Topic(String name, Uuid id, int partitionCount) implements TopicMetadata {
    @Override
    public List<String> partitionRacks(int partition) {
      // Kafka sorts it in place.
      return new ArrayList<>();
    }
  }

  /** What has changed since {@code image}. */
  record Delta(
      CoordinatorMetadataImage image,
      Collection<Uuid> createdTopicIds,
      Collection<Uuid> changedTopicIds,
      Set<Uuid> deletedTopicIds)
      implements CoordinatorMetadataDelta {}

  KafkaTopics with(Topic topic) {
    Map<String, Topic> topics = new LinkedHashMap<>(byName);
    topics.put(topic.name(), topic);
    return new KafkaTopics(version + 1, topics);
  }

  KafkaTopics without(String name) {
    Map<String, Topic> topics = new LinkedHashMap<>(byName);
    topics.remove(name);
    return new KafkaTopics(version + 1, topics);
  }

  boolean has(String name, int partition) {
    Topic topic = byName.get(name);
    return topic != null && partition >= 0 && partition < topic.partitionCount();
  }

  @Override
  public Set<Uuid> topicIds() {
    Map<Uuid, Topic> ids = new LinkedHashMap<>();
    byName.values().forEach(topic -> ids.put(topic.id(), topic));
    return ids.keySet();
  }

  @Override
  public Set<String> topicNames() {
    return byName.keySet();
  }

  @Override
  public Optional<TopicMetadata> topicMetadata(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  @Override
  public Optional<TopicMetadata> topicMetadata(Uuid id) {
    for (Topic topic : byName.values()) {
      if (topic.id().equals(id)) {
        return Optional.of(topic);
      }
    }
    return Optional.empty();
  }

  @Override
  public CoordinatorMetadataDelta emptyDelta() {
    return new Delta(this, List.of(), List.of(), Set.of());
  }

  @Override
  public boolean isEmpty() {
    return byName.isEmpty();
  }
}
