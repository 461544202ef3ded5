package io.heddle.simulator.protocol;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The offsets found; -1 where no record is that late. */
public record ListOffsetsResponse(Map<TopicPartition, PartitionOffset> partitions)
    implements Response {
  /** The first offset whose timestamp is at least the one asked for. */
  public record PartitionOffset(ErrorCode error, long timestamp, long offset, int leaderEpoch) {}
}
