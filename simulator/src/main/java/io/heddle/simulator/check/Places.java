package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Something about places in logs, in the order of their offsets. */
final class Places<V> {
  private final Map<TopicPartition, TreeMap<Long, V>> logs = new LinkedHashMap<>();

  /** Returns what was said of the place before, or null; that stays. */
  @Nullable V putIfAbsent(TopicPartition partition, long offset, V value) {
    return of(partition).putIfAbsent(offset, value);
  }

  void put(TopicPartition partition, long offset, V value) {
    of(partition).put(offset, value);
  }

  @Nullable V get(TopicPartition partition, long offset) {
    TreeMap<Long, V> log = logs.get(partition);
    return log == null ? null : log.get(offset);
  }

  /** What is known of the partition. */
  NavigableMap<Long, V> of(TopicPartition partition) {
    return logs.computeIfAbsent(partition, absent -> new TreeMap<>());
  }

  /** The partitions of which something is known, in the order in which it became so. */
  Iterable<TopicPartition> partitions() {
    return logs.keySet();
  }

  /** What was cut off is not there any more: its offsets are given to other records. */
  void cutOff(Fact fact) {
    if (fact instanceof Fact.Truncated cut) {
      of(cut.partition()).tailMap(cut.endOffset(), true).clear();
    }
  }

  /** What was cut off or removed is not there any more. */
  void forget(Fact fact) {
    cutOff(fact);
    if (fact instanceof Fact.Removed gone) {
      of(gone.partition()).subMap(gone.fromOffset(), true, gone.toOffset(), false).clear();
    }
  }
}
