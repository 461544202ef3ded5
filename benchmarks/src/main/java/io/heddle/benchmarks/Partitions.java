package io.heddle.benchmarks;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far a {@link MemoryConsumer} is in its partitions. */
final class Partitions {
  private final MemoryConsumer.CommitListener onCommit;
  private final int[] positions;
  private final boolean[] paused;
  private final @Nullable OffsetAndMetadata[] committed;

  Partitions(int count, MemoryConsumer.CommitListener onCommit) {
    this.onCommit = onCommit;
    this.positions = new int[count];
    this.paused = new boolean[count];
    this.committed = new OffsetAndMetadata[count];
  }

  boolean isOpen(int partition, int end) {
    return !paused[partition] && positions[partition] < end;
  }

  int position(int partition) {
    return positions[partition];
  }

  void advance(int partition, int records) {
    positions[partition] += records;
  }

  /** Back to what is committed, as after an assignment. */
  void rewind() {
    Arrays.fill(paused, false);
    for (int partition = 0; partition < positions.length; partition++) {
      positions[partition] = (int) committedOffset(partition);
    }
  }

  void pause(Collection<TopicPartition> which, boolean pause) {
    which.forEach(partition -> paused[partition.partition()] = pause);
  }

  Set<TopicPartition> paused(List<TopicPartition> all) {
    Set<TopicPartition> found = new LinkedHashSet<>();
    for (TopicPartition partition : all) {
      if (paused[partition.partition()]) {
        found.add(partition);
      }
    }
    return found;
  }

  void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, offset) -> {
          committed[partition.partition()] = offset;
          onCommit.committed(partition.partition(), offset.offset());
        });
  }

  Map<TopicPartition, @Nullable OffsetAndMetadata> committed(Set<TopicPartition> which) {
    Map<TopicPartition, @Nullable OffsetAndMetadata> found = new LinkedHashMap<>();
    which.forEach(partition -> found.put(partition, committed[partition.partition()]));
    return found;
  }

  long committedOffset(int partition) {
    OffsetAndMetadata offset = committed[partition];
    return offset == null ? 0 : offset.offset();
  }
}
