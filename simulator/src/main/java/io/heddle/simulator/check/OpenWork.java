package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Work that has started and not ended, found again by member, partition and offset. One record can
 * be worked on several times at once, by mistake; ends then close the oldest first.
 */
final class OpenWork<W> {
  private final Map<Member, Map<Place, Entry<W>>> members = new HashMap<>();

  void open(Fact.Started started, W work) {
    Map<Place, Entry<W>> places = members.get(started.member());
    if (places == null) {
      places = new LinkedHashMap<>();
      members.put(started.member(), places);
    }
    Place place = new Place(started.partition(), started.offset());
    Entry<W> entry = new Entry<>(work);
    Entry<W> oldest = places.putIfAbsent(place, entry);
    if (oldest != null) {
      oldest.last().next = entry;
    }
  }

  /** Closes and returns the work that ends here, or null if none is open. */
  @Nullable W close(Fact.Ended ended) {
    Map<Place, Entry<W>> places = members.get(ended.member());
    if (places == null) {
      return null;
    }
    Place place = new Place(ended.partition(), ended.offset());
    Entry<W> oldest = places.remove(place);
    if (oldest == null) {
      return null;
    }
    if (oldest.next != null) {
      places.put(place, oldest.next);
    }
    return oldest.work;
  }

  /** Closes and returns all the member's work. */
  List<W> closeAll(Member member) {
    List<W> closed = new ArrayList<>();
    Map<Place, Entry<W>> places = members.remove(member);
    if (places != null) {
      for (Entry<W> oldest : places.values()) {
        for (Entry<W> entry = oldest; entry != null; entry = entry.next) {
          closed.add(entry.work);
        }
      }
    }
    return closed;
  }

  private record Place(TopicPartition partition, long offset) {}

  private static final class Entry<W> {
    final W work;
    @Nullable Entry<W> next;

    Entry(W work) {
      this.work = work;
    }

    Entry<W> last() {
      Entry<W> entry = this;
      while (entry.next != null) {
        entry = entry.next;
      }
      return entry;
    }
  }
}
