package io.heddle.simulator.protocol;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What became of each partition: a move that has begun may still be under way. */
public record AlterPartitionReassignmentsResponse(Map<TopicPartition, Result> partitions)
    implements Response {
  /** One partition; an empty message where the error says it all. */
  public record Result(ErrorCode error, String message) {}
}
