package io.heddle.engine;

import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Where the consumer's position has gone back to in one ownership. That is how a log shows that was
 * cut off by an unclean election, or whose topic was made anew: what was polled before, from there
 * on, is of a log that is gone. It is finished like any other, but to commit it would make a later
 * owner pass over what has its offsets now. The leader epoch does not tell them apart, since a new
 * topic begins with 0 again. The poll thread notes, anyone reads.
 */
final class Setbacks {
  private volatile long[] positions = {};
  private long next = -1; // of the poll thread

  /** How many there were so far. */
  int count() {
    return positions.length;
  }

  /** Whether {@code position} is a setback, which is noted then. Poll thread only. */
  boolean note(long position) {
    if (position >= next) {
      return false;
    }
    long[] before = positions;
    long[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = position;
    positions = after;
    next = position;
    return true;
  }

  /** Everything below this has been polled. Poll thread only. */
  void polledBelow(long offset) {
    next = offset;
  }

  /** Whether anything has been polled at all. Poll thread only. */
  boolean isReading() {
    return next >= 0;
  }

  /** Whether what was polled after {@code count} setbacks is of a log that is gone. */
  boolean isGone(int count, long offset) {
    return offset >= lowestSince(count);
  }

  /** What may be committed of what was complete after {@code count} setbacks. */
  OffsetAndMetadata limit(int count, OffsetAndMetadata complete) {
    long lowest = lowestSince(count);
    if (lowest == Long.MAX_VALUE) {
      return complete;
    }
    // What is complete behind a gap may be gone, so that is not told.
    return complete.offset() > lowest
        ? new OffsetAndMetadata(lowest, Optional.empty(), "")
        : new OffsetAndMetadata(complete.offset(), complete.leaderEpoch(), "");
  }

  private long lowestSince(int count) {
    long lowest = Long.MAX_VALUE;
    long[] all = positions;
    for (int i = count; i < all.length; i++) {
      lowest = Math.min(lowest, all[i]);
    }
    return lowest;
  }
}
