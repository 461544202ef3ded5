package io.heddle.simulator.protocol;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The new log starts. */
public record DeleteRecordsResponse(Map<TopicPartition, PartitionResult> partitions)
    implements Response {
  /** The new log start of one partition, or -1. */
  public record PartitionResult(ErrorCode error, long lowWatermark) {}
}
