package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListPartitionReassignmentsRequest;
import io.heddle.simulator.protocol.ListPartitionReassignmentsResponse;

/**
 * Lists partitions that are being moved to other replicas.
 *
 * <p>Models: that there are none.
 *
 * <p>Does not model: reassignments.
 */
final class ListPartitionReassignmentsApi
    implements RequestHandler<ListPartitionReassignmentsRequest> {
  @Override
  public void handle(Call call, ListPartitionReassignmentsRequest request) {
    call.reply(new ListPartitionReassignmentsResponse(ErrorCode.NONE));
  }
}
