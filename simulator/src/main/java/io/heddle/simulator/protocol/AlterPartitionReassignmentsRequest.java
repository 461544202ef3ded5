package io.heddle.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Moves partitions to other replicas, or takes such moves back.
 *
 * @param targets the replicas that each is to have, the preferred leader first; none to take back a
 *     move that is under way
 * @param mayChangeFactor whether a partition may come to have more replicas than before, or fewer
 */
public record AlterPartitionReassignmentsRequest(
    Map<TopicPartition, Optional<List<Integer>>> targets, boolean mayChangeFactor)
    implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.ALTER_PARTITION_REASSIGNMENTS;
  }

  @Override
  public AlterPartitionReassignmentsResponse refusal(ErrorCode error) {
    Map<TopicPartition, AlterPartitionReassignmentsResponse.Result> refused = new LinkedHashMap<>();
    targets
        .keySet()
        .forEach(
            each -> refused.put(each, new AlterPartitionReassignmentsResponse.Result(error, "")));
    return new AlterPartitionReassignmentsResponse(refused);
  }
}
