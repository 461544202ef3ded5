package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** The committed offsets of all groups. */
final class OffsetStore {
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private final Map<String, TreeMap<TopicPartition, OffsetToCommit>> byGroup =
      new LinkedHashMap<>();

  void put(String group, TopicPartition partition, OffsetToCommit offset) {
    byGroup.computeIfAbsent(group, id -> new TreeMap<>(ORDER)).put(partition, offset);
  }

  Optional<OffsetToCommit> get(String group, TopicPartition partition) {
    TreeMap<TopicPartition, OffsetToCommit> offsets = byGroup.get(group);
    return offsets == null ? Optional.empty() : Optional.ofNullable(offsets.get(partition));
  }

  /** A copy, in the order of topics and partitions. */
  Map<TopicPartition, OffsetToCommit> of(String group) {
    TreeMap<TopicPartition, OffsetToCommit> offsets = byGroup.get(group);
    return offsets == null ? new LinkedHashMap<>() : new LinkedHashMap<>(offsets);
  }

  Iterable<String> groups() {
    return byGroup.keySet();
  }

  void forgetGroup(String group) {
    byGroup.remove(group);
  }

  void forgetTopic(String topic) {
    byGroup
        .values()
        .forEach(
            offsets -> offsets.keySet().removeIf(partition -> partition.topic().equals(topic)));
    byGroup.values().removeIf(Map::isEmpty);
  }
}
