package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.SyncGroupRequest;

/**
 * Hands out assignments.
 *
 * <p>Models: classic groups: members that wait for the leader, the leader's assignment with empty
 * ones for members it left out, members that ask again later, old generations, other protocols,
 * rebalances, fenced instances.
 *
 * <p>Does not model: members of a consumer group that speak the classic protocol; the time in which
 * the coordinator writes an assignment down.
 */
final class SyncGroupApi implements RequestHandler<SyncGroupRequest> {
  private final Coordinators coordinators;
  private final GroupCoordinator coordinator;

  SyncGroupApi(Coordinators coordinators, GroupCoordinator coordinator) {
    this.coordinators = coordinators;
    this.coordinator = coordinator;
  }

  @Override
  public void handle(Call call, SyncGroupRequest request) {
    if (request.groupId().isEmpty()) {
      call.reply(GroupCoordinator.syncFailure(ErrorCode.INVALID_GROUP_ID));
      return;
    }
    ErrorCode refused = coordinators.check(call.brokerId(), request.groupId());
    if (refused != ErrorCode.NONE) {
      call.reply(GroupCoordinator.syncFailure(refused));
      return;
    }
    ConsumerGroup assigned = coordinator.groups().findConsumer(request.groupId()).orElse(null);
    if (assigned != null) {
      call.reply(
          GroupCoordinator.syncFailure(
              assigned.refuseClassic(request.memberId(), request.groupInstanceId())));
      return;
    }
    ClassicGroup group = coordinator.groups().findClassic(request.groupId()).orElse(null);
    if (group == null || group.is(GroupState.EMPTY)) {
      call.reply(GroupCoordinator.syncFailure(ErrorCode.UNKNOWN_MEMBER_ID));
      return;
    }
    ErrorCode error = validate(group, request);
    if (error != ErrorCode.NONE) {
      call.reply(GroupCoordinator.syncFailure(error));
      return;
    }
    sync(call, request, group);
  }

  private void sync(Call call, SyncGroupRequest request, ClassicGroup group) {
    String memberId = request.memberId();
    GroupMember member = group.member(memberId);
    member.awaitSync(call);
    coordinator.syncReceived(group, memberId);
    if (group.is(GroupState.STABLE)) {
      coordinator.completeSync(group, member);
    } else if (group.isLeader(memberId)) {
      coordinator.assign(group, request.assignments());
    }
  }

  private static ErrorCode validate(ClassicGroup group, SyncGroupRequest request) {
    ErrorCode error = group.validateMember(request.memberId(), request.groupInstanceId());
    if (error != ErrorCode.NONE) {
      return error;
    }
    if (request.generationId() != group.generation()) {
      return ErrorCode.ILLEGAL_GENERATION;
    }
    if (differs(request.protocolType(), group.protocolType())
        || differs(request.protocolName(), group.protocolName())) {
      return ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
    }
    return group.is(GroupState.PREPARING_REBALANCE)
        ? ErrorCode.REBALANCE_IN_PROGRESS
        : ErrorCode.NONE;
  }

  /** An old client does not say, and before its first generation a group has chosen no protocol. */
  private static boolean differs(String said, String actual) {
    return !said.isEmpty() && !actual.isEmpty() && !said.equals(actual);
  }
}
