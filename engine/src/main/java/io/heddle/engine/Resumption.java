package io.heddle.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * A partition of a change log, as a persistent store finds it that wants to go on from its place.
 *
 * @param topicId the topic's, if somebody could tell
 * @param start the first offset there is
 * @param end the offset behind the last one
 * @param tombstonesKept how long a tombstone stays at least
 */
record Resumption(Optional<Uuid> topicId, long start, long end, Duration tombstonesKept) {

  /** Why what the store has is not the beginning of this log, or nothing if it is. */
  Optional<String> objection(ChangeLogPlace place, Instant now) {
    if (place.offset() == Long.MAX_VALUE) {
      return Optional.of("the change log was cut while the store was open");
    }
    if (place.topicId().isPresent() && topicId.isPresent() && !place.topicId().equals(topicId)) {
      return Optional.of(
          "the change log was made anew: its id was %s and is %s"
              .formatted(place.topicId().get(), topicId.get()));
    }
    if (place.offset() > end) {
      return Optional.of(
          "the change log ends at %d, before the store's place %d".formatted(end, place.offset()));
    }
    if (place.offset() < start) {
      return Optional.of(
          "the change log begins at %d, behind the store's place %d"
              .formatted(start, place.offset()));
    }
    // Half of it, for clocks that differ and for the time that the restore takes.
    Duration limit = tombstonesKept.dividedBy(2);
    if (Duration.between(place.time(), now).abs().compareTo(limit) > 0) {
      return Optional.of(
          "the store's place is of %s, and a deletion can be gone from the change log after %s"
              .formatted(place.time(), tombstonesKept));
    }
    return Optional.empty();
  }
}
