package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Knows in which order the records of a partition were written, though a log that was cut off gives
 * offsets again, and a topic that was made anew all of them. An application goes on with the
 * records it has read before, so what it does with an offset can be about either.
 */
final class LogOrder {
  // looked up only
  private final Map<TopicPartition, List<Cut>> cuts = new HashMap<>();

  void accept(Fact fact) {
    if (fact instanceof Fact.Truncated cut) {
      cuts.computeIfAbsent(cut.partition(), id -> new ArrayList<>())
          .add(new Cut(cut.endOffset(), new OffsetMap<>()));
    } else if (fact instanceof Fact.Appended appended && !cuts.isEmpty()) {
      List<Cut> made = cuts.get(appended.partition());
      if (made != null) {
        Stamp unused = made.get(made.size() - 1).since.put(appended.offset(), appended.stamp());
      }
    }
  }

  /**
   * Returns the place of a record. One of which only the offset is known counts as the one that has
   * the offset now.
   */
  Place place(TopicPartition partition, long offset, Stamp stamp) {
    return new Place(cutsBefore(partition, offset, stamp), offset);
  }

  private int cutsBefore(TopicPartition partition, long offset, Stamp stamp) {
    List<Cut> made = cuts.isEmpty() ? null : cuts.get(partition);
    if (made == null) {
      return 0;
    }
    for (int cut = made.size(); cut > 0; cut--) {
      Stamp there = made.get(cut - 1).since.get(offset);
      if (there != null && (there.equals(stamp) || !there.isKnown() || !stamp.isKnown())) {
        return cut;
      }
    }
    return stamp.isKnown() ? 0 : made.size();
  }

  /** Whether the record is not in the log any more, because its end was cut off. */
  boolean isCutOff(TopicPartition partition, Place place) {
    List<Cut> made = cuts.isEmpty() ? null : cuts.get(partition);
    if (made == null) {
      return false;
    }
    for (Cut cut : made.subList(place.cuts, made.size())) {
      if (place.offset >= cut.endOffset) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param cuts how often the log had been cut when the record was written
   */
  record Place(int cuts, long offset) {
    boolean isAfter(Place other) {
      return cuts != other.cuts ? cuts > other.cuts : offset > other.offset;
    }

    /** In words that tell it from a record that has taken its offset. */
    String describe(Place other) {
      return other.cuts == cuts
          ? "offset " + offset
          : "offset %d (of the log after %d %s)"
              .formatted(offset, cuts, cuts == 1 ? "cut" : "cuts");
    }
  }

  /** What was written since the log was cut off, up to the next time. */
  private record Cut(long endOffset, OffsetMap<Stamp> since) {}
}
