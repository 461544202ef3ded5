package io.heddle.scenarios.run;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** How far the work on one partition's log has come. Not thread-safe. */
final class LogProgress {
  private final BitSet live = new BitSet();
  // Counted along, for it is asked for all the time.
  private int outstanding;
  private final BitSet complete = new BitSet();
  private final List<Fact.Truncated> losses = new ArrayList<>();
  private long committed;
  private long end;
  private int unjudgedBelow;

  void appended(long offset) {
    int index = Math.toIntExact(offset);
    end = Math.max(end, offset + 1);
    if (index >= unjudgedBelow) {
      outstanding += live.get(index) || complete.get(index) ? 0 : 1;
      live.set(index);
    }
  }

  /**
   * Returns whether the record is in the log and was not complete before.
   *
   * @param leaderEpoch in which it was written, or -1
   */
  boolean completed(long offset, int leaderEpoch) {
    if (losses.stream().anyMatch(loss -> isLost(loss, offset, leaderEpoch))) {
      // What was begun before its end was cut off: another record has the offset, or will.
      return false;
    }
    int index = Math.toIntExact(offset);
    boolean first = !complete.get(index);
    complete.set(index);
    outstanding -= first && live.get(index) ? 1 : 0;
    return first;
  }

  private static boolean isLost(Fact.Truncated loss, long offset, int leaderEpoch) {
    return offset >= loss.endOffset() && leaderEpoch >= 0 && leaderEpoch < loss.leaderEpoch();
  }

  void committed(long offset) {
    committed = offset;
  }

  /** By retention, compaction or an abort: nobody can work on them any more. */
  void removed(long from, long to) {
    int end = Math.toIntExact(to);
    for (int i = live.nextSetBit(Math.toIntExact(from)); i >= 0 && i < end; ) {
      outstanding -= complete.get(i) ? 0 : 1;
      live.clear(i);
      i = live.nextSetBit(i + 1);
    }
  }

  /**
   * The log goes on where its end was cut off. Whoever goes on with a topic of the name of one that
   * was deleted may skip what comes to lie below the position it had, and Kafka tells nobody.
   */
  void truncated(Fact.Truncated loss) {
    long endOffset = loss.endOffset();
    losses.add(loss);
    if (loss.deletion()) {
      unjudgedBelow = Math.max(unjudgedBelow, Math.toIntExact(end));
    }
    int index = Math.toIntExact(endOffset);
    live.clear(index, Math.max(index, live.length()));
    complete.clear(index, Math.max(index, complete.length()));
    end = Math.min(end, endOffset);
    committed = Math.min(committed, endOffset);
    BitSet left = (BitSet) live.clone();
    left.andNot(complete);
    outstanding = left.cardinality();
  }

  /** The records that are in the log and not complete. */
  int outstanding() {
    return outstanding;
  }

  /** Whether records are in the log whose offsets are not committed. */
  boolean isBehind() {
    return committed < live.length();
  }

  /** How many offsets the commit is behind the end. */
  long lag() {
    return end - committed;
  }

  long committed() {
    return committed;
  }

  long end() {
    return end;
  }
}
