package io.heddle.simulator.broker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** The topics of a cluster, in the order in which they were created. */
final class Topics {
  private final Map<String, Topic> byName = new LinkedHashMap<>();
  private final int brokers;
  private int created;

  Topics(int brokers) {
    this.brokers = brokers;
  }

  Collection<Topic> all() {
    return byName.values();
  }

  Optional<Topic> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Optional<Partition> find(TopicPartition id) {
    Topic topic = byName.get(id.topic());
    return topic == null || id.partition() < 0 || id.partition() >= topic.partitions().size()
        ? Optional.empty()
        : Optional.of(topic.partitions().get(id.partition()));
  }

  Partition partition(TopicPartition id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("there is no " + id));
  }

  /** A topic whose name Kafka would not tell apart from this one. */
  Optional<String> collisionWith(String name) {
    return byName.keySet().stream()
        .filter(other -> !other.equals(name) && TopicNames.collide(other, name))
        .findFirst();
  }

  /** Creates a topic and spreads its leaders over the brokers, one further with each topic. */
  Topic create(String name, Uuid id, int partitionCount) {
    List<Partition> partitions = new ArrayList<>();
    for (int i = 0; i < partitionCount; i++) {
      partitions.add(new Partition(new TopicPartition(name, i), id, (created + i) % brokers));
    }
    Topic topic = new Topic(name, id, partitions);
    if (byName.putIfAbsent(name, topic) != null) {
      throw new IllegalStateException(name + " exists already");
    }
    created++;
    return topic;
  }

  /** Takes the topic away; whoever waits for its records learns of it. */
  void delete(Topic topic) {
    if (!byName.remove(topic.name(), topic)) {
      throw new IllegalStateException(topic.name() + " does not exist");
    }
    topic.partitions().forEach(Partition::wake);
  }
}
