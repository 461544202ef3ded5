package io.heddle.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Where the consumer's position has gone back to in one ownership. That is how a log shows that was
 * cut off by an unclean election, or whose topic was made anew: what was polled before, from there
 * on, is of a log that is gone. It is finished like any other, but to commit it would make a later
 * owner pass over what has its offsets now. The leader epoch does not tell them apart, since a new
 * topic begins with 0 again. It is committed all the same where it is known: the log may be cut off
 * again before anything more is committed. The poll thread notes, anyone reads.
 */
final class Setbacks {
  private volatile OffsetAndMetadata[] positions = {};
  // Of the poll thread.
  private final ReadEpochs epochs = new ReadEpochs();
  private long next = -1;

  /** How many there were so far. */
  int count() {
    return positions.length;
  }

  /**
   * Notes {@code position} if it is a setback, and returns what is to be committed then at most.
   * Poll thread only.
   */
  Optional<OffsetAndMetadata> note(long position) {
    if (position >= next) {
      return Optional.empty();
    }
    epochs.cutOff(position);
    OffsetAndMetadata most = new OffsetAndMetadata(position, epochs.below(position), "");
    OffsetAndMetadata[] before = positions;
    OffsetAndMetadata[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = most;
    positions = after;
    next = position;
    return Optional.of(most);
  }

  /** What this ownership begins behind, if that is known. Poll thread only. */
  void begin(OffsetAndMetadata committed) {
    if (committed.offset() > 0) {
      epochs.read(committed.offset() - 1, committed.leaderEpoch());
    }
  }

  /** What was polled, in the order of the offsets. Poll thread only. */
  void polled(List<ConsumerRecord<byte[], byte[]>> records) {
    ConsumerRecord<byte[], byte[]> first = records.get(0);
    ConsumerRecord<byte[], byte[]> last = records.get(records.size() - 1);
    if (first.leaderEpoch().equals(last.leaderEpoch())) {
      epochs.read(first.offset(), first.leaderEpoch());
    } else {
      epochs.read(records);
    }
    polledBelow(last.offset() + 1);
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
    OffsetAndMetadata lowest = lowestSince(count);
    return lowest != null && offset >= lowest.offset();
  }

  /** What may be committed of what was complete after {@code count} setbacks. */
  OffsetAndMetadata limit(int count, OffsetAndMetadata complete) {
    OffsetAndMetadata lowest = lowestSince(count);
    if (lowest == null) {
      return complete;
    }
    // What is complete behind a gap may be gone, so that is not told.
    return complete.offset() > lowest.offset()
        ? lowest
        : new OffsetAndMetadata(complete.offset(), complete.leaderEpoch(), "");
  }

  private @Nullable OffsetAndMetadata lowestSince(int count) {
    OffsetAndMetadata lowest = null;
    OffsetAndMetadata[] all = positions;
    for (int i = count; i < all.length; i++) {
      if (lowest == null || all[i].offset() < lowest.offset()) {
        lowest = all[i];
      }
    }
    return lowest;
  }
}
