package io.heddle.simulator.check;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Understands the metadata that an application attaches to its commits. */
@FunctionalInterface
public interface MetadataReader {
  /** Understands nothing: metadata is not judged. */
  MetadataReader NONE = (partition, offset, metadata) -> Claim.NOTHING;

  /**
   * Returns what the metadata declares complete above the committed offset.
   *
   * @param offset the committed offset
   * @param metadata what was committed with it, never empty
   */
  Claim completedAbove(TopicPartition partition, long offset, String metadata);

  /**
   * What metadata declares complete.
   *
   * @param offsets the offsets
   * @param leaderEpoch the highest leader epoch of their records, or -1
   */
  record Claim(List<Long> offsets, int leaderEpoch) {
    /** Declares nothing complete. */
    public static final Claim NOTHING = new Claim(List.of(), -1);

    /** Copies the list. */
    public Claim {
      offsets = List.copyOf(offsets);
    }
  }
}
