package io.heddle.simulator.broker;

import java.util.TreeMap;

/** Where in a log each leader epoch begins. */
final class LeaderEpochs {
  private final TreeMap<Integer, Long> starts = new TreeMap<>();

  /** A new epoch; one that begins where it does, and so has no records, is forgotten. */
  void begin(int epoch, long startOffset) {
    if (!starts.isEmpty() && epoch <= starts.lastKey()) {
      throw new IllegalStateException("epoch " + epoch + " after " + starts.lastKey());
    }
    starts.values().removeIf(start -> start >= startOffset);
    starts.put(epoch, startOffset);
  }

  /** What began at the offset or behind it is forgotten. */
  void truncate(long offset) {
    int latest = latest();
    starts.values().removeIf(start -> start >= offset);
    if (starts.isEmpty()) {
      starts.put(latest, offset);
    }
  }

  /** What ended before the new start of the log is forgotten. */
  void deleteBefore(long offset) {
    var first = starts.entrySet().iterator().next();
    while (true) {
      var next = starts.higherEntry(first.getKey());
      if (next == null || next.getValue() > offset) {
        break;
      }
      starts.remove(first.getKey());
      first = next;
    }
    starts.put(first.getKey(), Math.max(first.getValue(), offset));
  }

  int latest() {
    return starts.lastKey();
  }

  /** The epoch to which the offset belongs. */
  int at(long offset) {
    int found = starts.firstKey();
    for (var entry : starts.entrySet()) {
      if (entry.getValue() > offset) {
        break;
      }
      found = entry.getKey();
    }
    return found;
  }

  /**
   * The latest epoch that is not later than the one asked for, and where it ends.
   *
   * @param epoch the epoch, or -1
   */
  record End(int epoch, long offset) {
    /** Nothing is known of such an epoch. */
    static final End UNKNOWN = new End(-1, -1);
  }

  /** Where the epoch ends, or what comes before it if it is not known. */
  End endOf(int epoch, long logEnd) {
    if (epoch < 0 || epoch > starts.lastKey()) {
      return End.UNKNOWN;
    }
    if (epoch == starts.lastKey()) {
      return new End(epoch, logEnd);
    }
    var next = starts.higherEntry(epoch);
    var floor = starts.floorEntry(epoch);
    return new End(floor == null ? epoch : floor.getKey(), next.getValue());
  }
}
