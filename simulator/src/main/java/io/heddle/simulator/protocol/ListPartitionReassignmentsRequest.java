package io.heddle.simulator.protocol;

/** Asks which partitions are being moved to other replicas. */
public record ListPartitionReassignmentsRequest() implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.LIST_PARTITION_REASSIGNMENTS;
  }

  @Override
  public ListPartitionReassignmentsResponse refusal(ErrorCode error) {
    return new ListPartitionReassignmentsResponse(error);
  }
}
