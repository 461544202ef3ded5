package io.heddle.simulator.protocol;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What became of each batch. */
public record ProduceResponse(Map<TopicPartition, PartitionResult> partitions) implements Response {
  /**
   * What became of one batch.
   *
   * @param baseOffset the offset of its first record, or -1
   * @param logAppendTimeMs -1: the topic keeps the producer's timestamps
   */
  public record PartitionResult(
      ErrorCode error, long baseOffset, long logAppendTimeMs, long logStartOffset) {}
}
