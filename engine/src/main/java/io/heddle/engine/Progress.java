package io.heddle.engine;

import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What a strand last published about its partition. One immutable value, so that offset, epoch and
 * blocker belong together whoever reads them.
 *
 * @param nextOffset the next offset that may be committed, negative if nothing is complete yet
 * @param leaderEpoch the leader epoch to commit with, or {@link OffsetTracker#NO_EPOCH}
 * @param blocker the event that holds the prefix back, if one does
 * @param behindGap how much is complete behind that
 * @param metadata what that is, or empty
 * @param setbacks how often the partition had been set back
 */
record Progress(
    long nextOffset,
    int leaderEpoch,
    @Nullable Event blocker,
    long behindGap,
    String metadata,
    int setbacks) {
  static final Progress NONE = new Progress(-1, OffsetTracker.NO_EPOCH, null, 0, "", 0);

  static Progress of(OffsetTracker<Event> tracker, String metadata) {
    return new Progress(
        tracker.committableOffset(),
        tracker.committableEpoch(),
        tracker.oldest(),
        tracker.behindGap(),
        metadata,
        tracker.setbacks());
  }

  boolean hasGap() {
    return behindGap > 0;
  }

  boolean describes(OffsetTracker<Event> tracker) {
    return setbacks == tracker.setbacks()
        && nextOffset == tracker.committableOffset()
        && leaderEpoch == tracker.committableEpoch()
        && blocker == tracker.oldest()
        // It only ever grows, so the same number is the same set.
        && behindGap == tracker.behindGap();
  }

  Optional<OffsetAndMetadata> committable() {
    if (nextOffset < 0) {
      return Optional.empty();
    }
    Optional<Integer> epoch =
        leaderEpoch == OffsetTracker.NO_EPOCH ? Optional.empty() : Optional.of(leaderEpoch);
    return Optional.of(new OffsetAndMetadata(nextOffset, epoch, metadata));
  }
}
