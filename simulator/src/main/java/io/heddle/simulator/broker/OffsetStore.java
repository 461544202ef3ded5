package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** The committed offsets of all groups, and those that transactions may yet commit. */
final class OffsetStore {
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  /** An offset and its place among all commits. */
  private record Stored(OffsetToCommit offset, long sequence) {}

  private final Map<String, TreeMap<TopicPartition, Stored>> byGroup = new LinkedHashMap<>();
  private final PendingOffsets pending = new PendingOffsets();
  private long commits;

  PendingOffsets pending() {
    return pending;
  }

  /** The place of the next commit among all commits. */
  long nextSequence() {
    return commits++;
  }

  void put(String group, TopicPartition partition, OffsetToCommit offset) {
    put(group, partition, new Stored(offset, nextSequence()));
  }

  private void put(String group, TopicPartition partition, Stored stored) {
    byGroup.computeIfAbsent(group, id -> new TreeMap<>(ORDER)).put(partition, stored);
  }

  /**
   * Ends what the producer's transaction has committed in a partition of the offsets topic.
   *
   * @return what is committed now; an offset is not if another one was committed after it
   */
  List<PendingOffsets.Pending> endTransaction(
      int offsetsPartition, long producerId, boolean commit) {
    List<PendingOffsets.Pending> ended = pending.end(offsetsPartition, producerId);
    if (!commit) {
      return List.of();
    }
    List<PendingOffsets.Pending> made = new ArrayList<>();
    for (PendingOffsets.Pending each : ended) {
      TreeMap<TopicPartition, Stored> offsets = byGroup.get(each.group());
      Stored before = offsets == null ? null : offsets.get(each.partition());
      if (before == null || before.sequence < each.sequence()) {
        put(each.group(), each.partition(), new Stored(each.offset(), each.sequence()));
        made.add(each);
      }
    }
    return made;
  }

  Optional<OffsetToCommit> get(String group, TopicPartition partition) {
    TreeMap<TopicPartition, Stored> offsets = byGroup.get(group);
    return offsets == null
        ? Optional.empty()
        : Optional.ofNullable(offsets.get(partition)).map(Stored::offset);
  }

  /** A copy, in the order of topics and partitions. */
  Map<TopicPartition, OffsetToCommit> of(String group) {
    Map<TopicPartition, OffsetToCommit> copy = new LinkedHashMap<>();
    TreeMap<TopicPartition, Stored> offsets = byGroup.get(group);
    if (offsets != null) {
      offsets.forEach((partition, stored) -> copy.put(partition, stored.offset));
    }
    return copy;
  }

  /** Whether the group has committed anything, or is about to. */
  boolean has(String group) {
    return byGroup.containsKey(group) || pending.has(group);
  }

  Iterable<String> groups() {
    return byGroup.keySet();
  }

  /** Forgets what the group has committed of the partition. */
  void forget(String group, TopicPartition partition) {
    TreeMap<TopicPartition, Stored> offsets = byGroup.get(group);
    if (offsets != null) {
      offsets.remove(partition);
      if (offsets.isEmpty()) {
        byGroup.remove(group);
      }
    }
    pending.forget(group, partition);
  }

  void forgetGroup(String group) {
    byGroup.remove(group);
    pending.forgetGroup(group);
  }

  void forgetTopic(String topic) {
    byGroup
        .values()
        .forEach(
            offsets -> offsets.keySet().removeIf(partition -> partition.topic().equals(topic)));
    byGroup.values().removeIf(Map::isEmpty);
    pending.forgetTopic(topic);
  }
}
