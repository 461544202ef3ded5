package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import org.jspecify.annotations.Nullable;

/** What became of the records of one partition. */
final class PartitionLedger {
  private final OffsetSet pending = new OffsetSet();
  private final OffsetSet done = new OffsetSet();
  private final OffsetSet kept = new OffsetSet();
  private final OffsetSet cutOff = new OffsetSet();
  private boolean consumed;
  private long appended;
  private long completed;
  private long duplicates;
  private long lowest = Long.MAX_VALUE;
  private long end;
  private long unjudgedBelow;
  private long committedOffset;
  private Fact.@Nullable Committed lastCommit;

  void consumed() {
    consumed = true;
  }

  void appended(long offset) {
    appended++;
    kept.add(offset);
    lowest = Math.min(lowest, offset);
    end = Math.max(end, offset + 1);
    // Outside the simulator a producer can hear of its record later than a consumer.
    if (!done.contains(offset) && offset >= unjudgedBelow) {
      pending.add(offset);
    }
  }

  void completed(long offset) {
    consumed = true;
    pending.remove(offset);
    if (done.add(offset)) {
      completed++;
    } else {
      duplicates++;
    }
  }

  void removed(long from, long to) {
    pending.removeRange(from, to);
    kept.removeRange(from, to);
  }

  /**
   * The topic was deleted: whoever goes on with one of the same name may skip what comes to lie
   * below the position it had, and Kafka tells nobody.
   */
  void deleted() {
    unjudgedBelow = Math.max(unjudgedBelow, end);
    truncated(0);
  }

  void truncated(long endOffset) {
    pending.removeRange(endOffset, Long.MAX_VALUE);
    kept.removeRange(endOffset, Long.MAX_VALUE);
    done.removeRange(endOffset, Long.MAX_VALUE);
    for (long offset = endOffset; offset < end; offset++) {
      cutOff.add(offset);
    }
    end = Math.min(end, endOffset);
    committedOffset = Math.min(committedOffset, endOffset);
  }

  void committed(Fact.Committed fact) {
    consumed = true;
    committedOffset = fact.offset();
    lastCommit = fact;
  }

  /** Returns whether a member had to do with the partition. */
  boolean isConsumed() {
    return consumed;
  }

  /** Returns the offsets that are in the log and were not completed. */
  OffsetSet pending() {
    return pending;
  }

  /** Returns the offsets that are in the log. */
  OffsetSet kept() {
    return kept;
  }

  /** Returns whether records were lost at the end, whose offsets others may have taken since. */
  boolean hasLostRecords() {
    return cutOff.size() > 0;
  }

  /** Returns whether the offset was that of a record that was lost. */
  boolean isOfLostRecord(long offset) {
    return cutOff.contains(offset);
  }

  boolean isDone(long offset) {
    return done.contains(offset);
  }

  /** Returns the offset below which the records may be those of a topic that was deleted. */
  long unjudgedBelow() {
    return unjudgedBelow;
  }

  /** Returns how many offsets below the limit were completed. */
  long doneBelow(long limit) {
    return done.sizeBelow(limit);
  }

  /** Returns how many records were appended. */
  long appended() {
    return appended;
  }

  /** Returns how many records were completed, each counted once. */
  long completed() {
    return completed;
  }

  /** Returns how often a record was completed again. */
  long duplicates() {
    return duplicates;
  }

  /** Returns the lowest offset ever appended, or the highest number there is. */
  long lowest() {
    return lowest;
  }

  /** Returns the offset after the last record. */
  long end() {
    return end;
  }

  /** Returns the offset committed last, as far as the log still reaches; 0 without a commit. */
  long committedOffset() {
    return committedOffset;
  }

  Fact.@Nullable Committed lastCommit() {
    return lastCommit;
  }
}
