package io.heddle.scenarios.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Which records have been started, in which lanes. Nearly every record has one lane, of which only
 * the hash is kept, in pages: a run of a day remembers a million of them. Not thread-safe.
 */
final class StartedLanes {
  private static final int PAGE_SHIFT = 10;
  private static final int PAGE_SIZE = 1 << PAGE_SHIFT;

  private record Page(TopicPartition partition, long index) {}

  private record Place(TopicPartition partition, long offset, String lane) {}

  // All of this is only looked up.
  private final Map<Page, int[]> first = new HashMap<>();
  private final Set<Place> further = new HashSet<>();
  private @Nullable Page near;
  private int[] nearLanes = {};

  /** Returns whether the record was not started in this lane before. */
  boolean add(TopicPartition partition, long offset, String lane) {
    int[] lanes = page(partition, offset >> PAGE_SHIFT);
    int place = (int) (offset & (PAGE_SIZE - 1));
    // Zero stands for a record that was not started.
    int hash = lane.hashCode() == 0 ? 1 : lane.hashCode();
    if (lanes[place] == 0) {
      lanes[place] = hash;
      return true;
    }
    return lanes[place] != hash && further.add(new Place(partition, offset, lane));
  }

  private int[] page(TopicPartition partition, long index) {
    Page page = near;
    if (page == null || page.index != index || !page.partition.equals(partition)) {
      page = new Page(partition, index);
      nearLanes = first.computeIfAbsent(page, each -> new int[PAGE_SIZE]);
      near = page;
    }
    return nearLanes;
  }
}
