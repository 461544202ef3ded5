package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.DeleteGroupsRequest;
import io.heddle.simulator.protocol.DeleteGroupsResponse;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Deletes empty groups with their offsets.
 *
 * <p>Models: unknown groups, groups with members, member ids that were handed out and die with the
 * group.
 *
 * <p>Does not model: pending transactions.
 */
final class DeleteGroupsApi implements RequestHandler<DeleteGroupsRequest> {
  private final Coordinators coordinators;
  private final GroupCoordinator coordinator;
  private final OffsetStore offsets;

  DeleteGroupsApi(Coordinators coordinators, GroupCoordinator coordinator, OffsetStore offsets) {
    this.coordinators = coordinators;
    this.coordinator = coordinator;
    this.offsets = offsets;
  }

  @Override
  public void handle(Call call, DeleteGroupsRequest request) {
    Map<String, ErrorCode> results = new LinkedHashMap<>();
    for (String groupId : request.groups()) {
      ErrorCode error = coordinators.check(call.brokerId(), groupId);
      results.put(groupId, error == ErrorCode.NONE ? delete(groupId) : error);
    }
    call.reply(new DeleteGroupsResponse(results));
  }

  private ErrorCode delete(String groupId) {
    Group group = coordinator.groups().find(groupId).orElse(null);
    if (group == null) {
      return ErrorCode.GROUP_ID_NOT_FOUND;
    }
    if (!group.isEmpty()) {
      return ErrorCode.NON_EMPTY_GROUP;
    }
    if (group instanceof ConsumerGroup assigned) {
      coordinator.consumers().delete(assigned);
    } else if (group instanceof ClassicGroup classic) {
      coordinator.delete(classic);
    }
    offsets.forgetGroup(groupId);
    return ErrorCode.NONE;
  }
}
