package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Work that has started and not ended, found again by member, partition, offset and key. It can be
 * done several times at once, by mistake; ends then close the oldest first.
 */
final class OpenWork<W> {
  private final NearMap<Member, NearMap<TopicPartition, OffsetMap<Entry<W>>>> members =
      new NearMap<>();

  void open(Fact.Started started, W work) {
    NearMap<TopicPartition, OffsetMap<Entry<W>>> ofMember =
        members.get(started.member(), NearMap::new);
    OffsetMap<Entry<W>> places = ofMember.get(started.partition(), OffsetMap::new);
    Entry<W> entry = new Entry<>(started.key(), work);
    Entry<W> oldest = places.put(started.offset(), entry);
    if (oldest != null) {
      Entry<W> unused = places.put(started.offset(), oldest);
      oldest.last().next = entry;
    }
  }

  /** Closes and returns the work that ends here, or null if none is open. */
  @Nullable W close(Fact.Ended ended) {
    NearMap<TopicPartition, OffsetMap<Entry<W>>> ofMember = members.get(ended.member());
    OffsetMap<Entry<W>> places = ofMember == null ? null : ofMember.get(ended.partition());
    Entry<W> oldest = places == null ? null : places.get(ended.offset());
    if (places == null || oldest == null) {
      return null;
    }
    if (!oldest.key.equals(ended.key())) {
      return oldest.closeBehind(ended.key());
    }
    Entry<W> unused =
        oldest.next == null
            ? places.remove(ended.offset())
            : places.put(ended.offset(), oldest.next);
    return oldest.work;
  }

  /** Closes and returns all the member's work. */
  List<W> closeAll(Member member) {
    List<W> closed = new ArrayList<>();
    NearMap<TopicPartition, OffsetMap<Entry<W>>> ofMember = members.remove(member);
    if (ofMember != null) {
      for (OffsetMap<Entry<W>> places : ofMember.values()) {
        for (Entry<W> oldest : places.values()) {
          for (Entry<W> entry = oldest; entry != null; entry = entry.next) {
            closed.add(entry.work);
          }
        }
      }
    }
    return closed;
  }

  /** Work on a record under some key, and what was started on the record after it. */
  private static final class Entry<W> {
    final String key;
    final W work;
    @Nullable Entry<W> next;

    Entry(String key, W work) {
      this.key = key;
      this.work = work;
    }

    Entry<W> last() {
      Entry<W> entry = this;
      while (entry.next != null) {
        entry = entry.next;
      }
      return entry;
    }

    /** Closes the oldest work with this key among what was started after this one. */
    @Nullable W closeBehind(String wanted) {
      Entry<W> before = this;
      for (Entry<W> entry = next; entry != null; entry = entry.next) {
        if (entry.key.equals(wanted)) {
          before.next = entry.next;
          return entry.work;
        }
        before = entry;
      }
      return null;
    }
  }
}
