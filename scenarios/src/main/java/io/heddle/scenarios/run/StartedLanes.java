package io.heddle.scenarios.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Which records have been started, in which lanes. Nearly every record has one lane or two, of
 * which only the hashes are kept, in pages: a run of a day remembers a million of them. Not
 * thread-safe.
 */
final class StartedLanes {
  private static final int PAGE_SHIFT = 10;
  private static final int PAGE_SIZE = 1 << PAGE_SHIFT;

  private record Page(TopicPartition partition, long index) {}

  private record Place(TopicPartition partition, long offset, String lane) {}

  // All of this is only looked up.
  private final Map<Page, Hashes> pages = new HashMap<>();
  private final Set<Place> further = new HashSet<>();
  private @Nullable Page near;
  private Hashes nearHashes = new Hashes();

  /** Zero stands for a lane that there is not. */
  private static final class Hashes {
    final int[] first = new int[PAGE_SIZE];
    int[] second = {};

    boolean isAnywhere(int place, int hash) {
      return first[place] == hash || (second.length > 0 && second[place] == hash);
    }

    /** Puts it where there is room. */
    boolean put(int place, int hash) {
      if (first[place] == 0) {
        first[place] = hash;
        return true;
      }
      if (second.length == 0) {
        second = new int[PAGE_SIZE];
      }
      if (second[place] != 0) {
        return false;
      }
      second[place] = hash;
      return true;
    }
  }

  /** Returns whether the record was not started in this lane before. */
  boolean add(TopicPartition partition, long offset, String lane) {
    Hashes hashes = page(partition, offset >> PAGE_SHIFT);
    int place = (int) (offset & (PAGE_SIZE - 1));
    int hash = lane.hashCode() == 0 ? 1 : lane.hashCode();
    return !hashes.isAnywhere(place, hash)
        && (hashes.put(place, hash) || further.add(new Place(partition, offset, lane)));
  }

  private Hashes page(TopicPartition partition, long index) {
    Page page = near;
    if (page == null || page.index != index || !page.partition.equals(partition)) {
      page = new Page(partition, index);
      nearHashes = pages.computeIfAbsent(page, each -> new Hashes());
      near = page;
    }
    return nearHashes;
  }
}
