package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What was read; a batch can begin before the offset that was asked for. */
public record FetchResponse(Map<TopicPartition, PartitionData> partitions) implements Response {
  /** What was read of one partition; offsets are -1 where there was an error. */
  public record PartitionData(
      ErrorCode error,
      long highWatermark,
      long lastStableOffset,
      long logStartOffset,
      List<RecordBatch> batches) {}
}
