package io.heddle.engine;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * A place in a partition of a change log, which a {@link PersistentStateStore} keeps beside what it
 * has of the changes before it. Immutable.
 *
 * @param topicId the topic's, by which one that is made anew is told from its namesake; nothing if
 *     the source has no {@link KafkaClients#withAdmins} to ask
 * @param offset of the first change that is not in the store yet, at least zero; {@link
 *     Long#MAX_VALUE} if the log was cut since, so that no place in it fits
 * @param time when nothing before the offset could have been missed any more: from then on the
 *     topic's {@code delete.retention.ms} counts, after which tombstones vanish
 */
public record ChangeLogPlace(Optional<Uuid> topicId, long offset, Instant time) {
  /** Checks. */
  public ChangeLogPlace {
    Objects.requireNonNull(topicId, "topicId");
    Objects.requireNonNull(time, "time");
    Checks.atLeast(0, offset, "offset");
  }
}
