package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The moves that are under way, unless all is refused. */
public record ListPartitionReassignmentsResponse(
    ErrorCode error, Map<TopicPartition, Ongoing> partitions) implements Response {
  /** One: all replicas that it has now, and which of them come and go. */
  public record Ongoing(List<Integer> replicas, List<Integer> adding, List<Integer> removing) {}
}
