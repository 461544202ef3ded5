package io.heddle.simulator.broker;

import java.util.OptionalLong;
import java.util.TreeMap;

/** Where in a log each leader epoch begins. */
final class LeaderEpochs {
  private final TreeMap<Integer, Long> starts = new TreeMap<>();

  void begin(int epoch, long startOffset) {
    if (!starts.isEmpty() && epoch <= starts.lastKey()) {
      throw new IllegalStateException("epoch " + epoch + " after " + starts.lastKey());
    }
    starts.put(epoch, startOffset);
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

  /** Where the epoch ends; empty if it is yet to come. */
  OptionalLong endOf(int epoch, long logEnd) {
    if (epoch > starts.lastKey()) {
      return OptionalLong.empty();
    }
    var next = starts.higherEntry(epoch);
    return OptionalLong.of(next == null ? logEnd : next.getValue());
  }
}
