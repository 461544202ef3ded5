package io.heddle.engine;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What is complete of one ownership of a partition, and what of that is committed. The strand
 * publishes, the poll thread commits, anyone reads.
 */
final class CommitState {
  private volatile Progress progress = Progress.NONE;
  // Of the poll thread.
  private @Nullable OffsetAndMetadata acknowledged;

  /** What is done so far, as of the last turn. Any thread. */
  Progress progress() {
    return progress;
  }

  /** Publishes, at the end of a turn. Strand only. */
  void publish(OffsetTracker<Event> tracker) {
    if (!progress.describes(tracker)) {
      progress = Progress.of(tracker);
    }
  }

  /** What is to be committed and is not yet. Poll thread only. */
  Optional<OffsetAndMetadata> due() {
    return progress.committable().filter(offset -> !offset.equals(acknowledged));
  }

  void markCommitted(OffsetAndMetadata offset) {
    acknowledged = offset;
  }

  /** What blocks the commit, as of the last turn. Any thread. */
  Optional<CommitBlocker> blocker(TopicPartition partition, long nowNanos) {
    Event event = progress.blocker();
    if (event == null) {
      return Optional.empty();
    }
    Duration age = Duration.ofNanos(nowNanos - event.polledNanos());
    return Optional.of(new CommitBlocker(partition, event.offset(), event.key(), age));
  }
}
