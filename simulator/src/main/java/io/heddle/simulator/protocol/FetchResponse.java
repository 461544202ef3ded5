package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What was read; a batch can begin before the offset that was asked for. */
public record FetchResponse(Map<TopicPartition, PartitionData> partitions) implements Response {
  /**
   * A transaction that was aborted, and that has records among those read.
   *
   * @param firstOffset the offset of the first record that it wrote into this partition
   */
  public record AbortedTransaction(long producerId, long firstOffset) {}

  /**
   * What was read of one partition; offsets are -1 where there was an error.
   *
   * @param abortedTransactions for a reader of committed records, who leaves theirs out
   */
  public record PartitionData(
      ErrorCode error,
      long highWatermark,
      long lastStableOffset,
      long logStartOffset,
      List<AbortedTransaction> abortedTransactions,
      List<RecordBatch> batches) {
    /** What was read without regard to transactions. */
    public PartitionData(
        ErrorCode error,
        long highWatermark,
        long lastStableOffset,
        long logStartOffset,
        List<RecordBatch> batches) {
      this(error, highWatermark, lastStableOffset, logStartOffset, List.of(), batches);
    }
  }
}
