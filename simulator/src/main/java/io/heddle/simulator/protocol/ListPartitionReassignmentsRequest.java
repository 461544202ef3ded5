package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks which partitions are being moved to other replicas.
 *
 * @param partitions only these; all if empty
 */
public record ListPartitionReassignmentsRequest(Optional<List<TopicPartition>> partitions)
    implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.LIST_PARTITION_REASSIGNMENTS;
  }

  @Override
  public ListPartitionReassignmentsResponse refusal(ErrorCode error) {
    return new ListPartitionReassignmentsResponse(error, Map.of());
  }
}
