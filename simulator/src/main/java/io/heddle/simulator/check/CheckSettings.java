package io.heddle.simulator.check;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What checkers know of the application they judge.
 *
 * @param topics the topics whose records have to be completed; when empty, those of which a member
 *     was assigned a partition, worked on a record or committed an offset
 * @param revokeDeadline how long the application waits in {@code onPartitionsRevoked} for work that
 *     has started; work that outlives a shorter revoke is not excused. Zero excuses it always.
 * @param metadata what the metadata of commits means
 * @param writesInOrder whether transactions are not to be in a circle by the order of their writes
 *     either, which Kafka does not promise
 * @param seeksAreMeant whether an application that seeks wants to do again what it is given then;
 *     otherwise nothing is to be done again that was committed, by its owner since its assignment
 *     either
 */
public record CheckSettings(
    SortedSet<String> topics,
    Duration revokeDeadline,
    MetadataReader metadata,
    boolean writesInOrder,
    boolean seeksAreMeant) {
  /** Topics as seen, any revoke and any seek excuses, metadata not judged. */
  public static final CheckSettings DEFAULT =
      new CheckSettings(
          Collections.emptySortedSet(), Duration.ZERO, MetadataReader.NONE, false, true);

  /** Copies the set and refuses a negative deadline. */
  public CheckSettings {
    topics = Collections.unmodifiableSortedSet(new TreeSet<>(topics));
    if (revokeDeadline.isNegative()) {
      throw new IllegalArgumentException(
          "revokeDeadline must not be negative, was " + revokeDeadline);
    }
  }

  /** Returns these settings with other topics. */
  public CheckSettings withTopics(Collection<String> names) {
    return new CheckSettings(
        new TreeSet<>(names), revokeDeadline, metadata, writesInOrder, seeksAreMeant);
  }

  /** Returns these settings with another deadline for revokes. */
  public CheckSettings withRevokeDeadline(Duration deadline) {
    return new CheckSettings(topics, deadline, metadata, writesInOrder, seeksAreMeant);
  }

  /** Returns these settings with another reader of metadata. */
  public CheckSettings withMetadata(MetadataReader reader) {
    return new CheckSettings(topics, revokeDeadline, reader, writesInOrder, seeksAreMeant);
  }

  /** Returns these settings with another answer to circles by the order of writes. */
  public CheckSettings withWritesInOrder(boolean value) {
    return new CheckSettings(topics, revokeDeadline, metadata, value, seeksAreMeant);
  }

  /** Returns these settings with another answer to what is done again after a seek. */
  public CheckSettings withSeeksAreMeant(boolean value) {
    return new CheckSettings(topics, revokeDeadline, metadata, writesInOrder, value);
  }
}
