package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What became of each batch. */
public record ProduceResponse(Map<TopicPartition, PartitionResult> partitions) implements Response {
  /**
   * What became of one batch.
   *
   * @param baseOffset the offset of its first record, or -1
   * @param logAppendTimeMs -1: the topic keeps the producer's timestamps
   * @param recordErrors for which of its records, counted from 0, it was refused; empty if the
   *     error is about the batch as a whole
   */
  public record PartitionResult(
      ErrorCode error,
      long baseOffset,
      long logAppendTimeMs,
      long logStartOffset,
      List<Integer> recordErrors) {
    /** Takes a copy of the list. */
    public PartitionResult {
      recordErrors = List.copyOf(recordErrors);
    }

    /** What became of a batch none of whose records was at fault. */
    public PartitionResult(
        ErrorCode error, long baseOffset, long logAppendTimeMs, long logStartOffset) {
      this(error, baseOffset, logAppendTimeMs, logStartOffset, List.of());
    }
  }
}
