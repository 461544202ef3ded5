package io.heddle.simulator.broker;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Offsets that transactions have committed and whose outcome is not known yet. */
final class PendingOffsets {
  /**
   * One offset.
   *
   * @param sequence its place among all commits: of two, the later one counts
   */
  record Pending(
      String group,
      Member member,
      int generation,
      TopicPartition partition,
      OffsetToCommit offset,
      long sequence) {
    /** What is told when it is committed. */
    Fact.Committed committed(long nowNanos) {
      return new Fact.Committed(
          nowNanos,
          group,
          member,
          generation,
          partition,
          offset.offset(),
          offset.leaderEpoch(),
          offset.metadata());
    }

    private boolean isFor(String otherGroup, TopicPartition otherPartition) {
      return group.equals(otherGroup) && partition.equals(otherPartition);
    }
  }

  /** A producer's transaction in one partition of the offsets topic. */
  private record Key(int offsetsPartition, long producerId) {}

  private static final class Open {
    private final short epoch;
    private final List<Pending> offsets = new ArrayList<>();

    Open(short epoch) {
      this.epoch = epoch;
    }
  }

  private final Map<Key, Open> open = new LinkedHashMap<>();

  /** Whether the producer has a transaction in that partition in which it can write on. */
  boolean isOpen(int offsetsPartition, ProducerIdAndEpoch producer) {
    Open transaction = open.get(new Key(offsetsPartition, producer.id()));
    return transaction != null && transaction.epoch == producer.epoch();
  }

  void put(int offsetsPartition, ProducerIdAndEpoch producer, Pending pending) {
    List<Pending> offsets =
        open.computeIfAbsent(
                new Key(offsetsPartition, producer.id()), key -> new Open(producer.epoch()))
            .offsets;
    offsets.removeIf(other -> other.isFor(pending.group(), pending.partition()));
    offsets.add(pending);
  }

  /** Takes out what the producer's transaction has committed, in order. */
  List<Pending> end(int offsetsPartition, long producerId) {
    Open ended = open.remove(new Key(offsetsPartition, producerId));
    return ended == null ? List.of() : ended.offsets;
  }

  /** The partitions of the offsets topic in which transactions are open. */
  List<Integer> partitions() {
    return open.keySet().stream().map(Key::offsetsPartition).distinct().toList();
  }

  /** The producers that have a transaction open in that partition. */
  List<Long> producers(int offsetsPartition) {
    return open.keySet().stream()
        .filter(key -> key.offsetsPartition == offsetsPartition)
        .map(Key::producerId)
        .toList();
  }

  boolean contains(String group, TopicPartition partition) {
    return open.values().stream()
        .anyMatch(
            transaction -> transaction.offsets.stream().anyMatch(it -> it.isFor(group, partition)));
  }

  boolean has(String group) {
    return open.values().stream()
        .anyMatch(
            transaction -> transaction.offsets.stream().anyMatch(it -> it.group().equals(group)));
  }

  void forget(String group, TopicPartition partition) {
    open.values()
        .forEach(transaction -> transaction.offsets.removeIf(it -> it.isFor(group, partition)));
  }

  void forgetGroup(String group) {
    open.values()
        .forEach(transaction -> transaction.offsets.removeIf(it -> it.group().equals(group)));
  }

  void forgetTopic(String topic) {
    open.values()
        .forEach(
            transaction ->
                transaction.offsets.removeIf(it -> it.partition().topic().equals(topic)));
  }
}
