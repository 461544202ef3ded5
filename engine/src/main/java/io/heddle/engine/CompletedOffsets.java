package io.heddle.engine;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * What the engine wrote into the metadata of a commit: which offsets above the committed one are
 * complete. For tools that look at a group's commits; the engine itself also wants to see the
 * record that it names as the first incomplete one before it believes a word.
 */
public final class CompletedOffsets {
  /** More than any broker takes that is set up by somebody sane; Kafka's default is 4,096. */
  private static final int MAX_CHARACTERS = 1 << 20;

  private final List<Long> offsets;
  private final long firstIncomplete;
  private final int leaderEpoch;

  private CompletedOffsets(List<Long> offsets, long firstIncomplete, int leaderEpoch) {
    this.offsets = offsets;
    this.firstIncomplete = firstIncomplete;
    this.leaderEpoch = leaderEpoch;
  }

  /**
   * Reads the metadata of a commit; nothing if there is none, somebody else wrote it, it belongs to
   * another offset, or it is damaged.
   */
  public static Optional<CompletedOffsets> of(OffsetAndMetadata committed) {
    return of(committed.offset(), committed.metadata());
  }

  /**
   * Reads the metadata of a commit; nothing if there is none, somebody else wrote it, it belongs to
   * another offset, or it is damaged.
   *
   * @param committed the committed offset
   * @param metadata what was committed with it
   */
  public static Optional<CompletedOffsets> of(long committed, String metadata) {
    if (metadata.isEmpty() || metadata.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    return CommitMetadata.decode(committed, metadata)
        .map(
            read ->
                new CompletedOffsets(
                    read.offsets().boxed().toList(), read.witnessOffset(), read.maxLeaderEpoch()));
  }

  /** The offsets whose records are complete, ascending, none below the committed one. */
  public List<Long> offsets() {
    return offsets;
  }

  /** The offset of the first record that was not complete. */
  public long firstIncomplete() {
    return firstIncomplete;
  }

  /** The highest leader epoch of the complete records, or -1 if none is known. */
  public int leaderEpoch() {
    return leaderEpoch;
  }

  @Override
  public String toString() {
    return "CompletedOffsets[offsets=%s, firstIncomplete=%d, leaderEpoch=%d]"
        .formatted(offsets, firstIncomplete, leaderEpoch);
  }
}
