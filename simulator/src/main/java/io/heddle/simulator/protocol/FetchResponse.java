package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   * The last epoch that log and client have in common, where the client's last one is not.
   *
   * @param endOffset where that epoch ends in the log
   */
  public record DivergingEpoch(int epoch, long endOffset) {}

  /**
   * What was read of one partition; offsets are -1 where there was an error.
   *
   * @param divergingEpoch for a client that has said which epoch it has read last
   * @param abortedTransactions for a reader of committed records, who leaves theirs out
   */
  public record PartitionData(
      ErrorCode error,
      long highWatermark,
      long lastStableOffset,
      long logStartOffset,
      Optional<DivergingEpoch> divergingEpoch,
      List<AbortedTransaction> abortedTransactions,
      List<RecordBatch> batches) {
    /** What was read without regard to transactions. */
    public PartitionData(
        ErrorCode error,
        long highWatermark,
        long lastStableOffset,
        long logStartOffset,
        List<RecordBatch> batches) {
      this(
          error,
          highWatermark,
          lastStableOffset,
          logStartOffset,
          Optional.empty(),
          List.of(),
          batches);
    }
  }
}
