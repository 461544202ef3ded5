package io.heddle.simulator.check;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Understands the metadata that an application attaches to its commits. */
@FunctionalInterface
public interface MetadataReader {
  /** Understands nothing: metadata is not judged. */
  MetadataReader NONE = (partition, offset, metadata) -> List.of();

  /**
   * Returns the offsets above the committed one that the metadata declares complete.
   *
   * @param offset the committed offset
   * @param metadata what was committed with it, never empty
   */
  List<Long> completedAbove(TopicPartition partition, long offset, String metadata);
}
