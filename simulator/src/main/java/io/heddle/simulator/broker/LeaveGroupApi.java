package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.LeaveGroupRequest;
import io.heddle.simulator.protocol.LeaveGroupRequest.MemberIdentity;
import io.heddle.simulator.protocol.LeaveGroupResponse;
import io.heddle.simulator.protocol.LeaveGroupResponse.MemberResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes members out of groups.
 *
 * <p>Models: one or more members, by their id or, as an admin does, by their instance id; ids that
 * were handed out and not used; the rebalance that follows. A member that another process takes out
 * has lost its partitions.
 *
 * <p>Does not model: consumer groups.
 */
final class LeaveGroupApi implements RequestHandler<LeaveGroupRequest> {
  private final Coordinators coordinators;
  private final GroupCoordinator coordinator;

  LeaveGroupApi(Coordinators coordinators, GroupCoordinator coordinator) {
    this.coordinators = coordinators;
    this.coordinator = coordinator;
  }

  @Override
  public void handle(Call call, LeaveGroupRequest request) {
    if (request.groupId().isEmpty()) {
      call.reply(request.refusal(ErrorCode.INVALID_GROUP_ID));
      return;
    }
    if (!coordinators.isAt(call.brokerId(), request.groupId())) {
      call.reply(request.refusal(ErrorCode.NOT_COORDINATOR));
      return;
    }
    ClassicGroup group = coordinator.groups().find(request.groupId()).orElse(null);
    List<MemberResult> results = new ArrayList<>();
    for (MemberIdentity identity : request.members()) {
      ErrorCode error =
          group == null ? ErrorCode.UNKNOWN_MEMBER_ID : leave(call.caller(), group, identity);
      results.add(new MemberResult(error, identity.memberId(), identity.groupInstanceId()));
    }
    boolean anyLeft = results.stream().anyMatch(result -> result.error() == ErrorCode.NONE);
    if (group != null && anyLeft) {
      goOnWithout(group);
    }
    call.reply(new LeaveGroupResponse(ErrorCode.NONE, results));
  }

  private ErrorCode leave(Caller caller, ClassicGroup group, MemberIdentity identity) {
    String memberId = identity.memberId();
    if (group.pendingJoins().remove(memberId)) {
      coordinator.endSession(group, memberId);
      return ErrorCode.NONE;
    }
    if (memberId.isEmpty()) {
      memberId = identity.groupInstanceId().flatMap(group::memberIdOf).orElse("");
    } else {
      ErrorCode error = group.validateMember(memberId, identity.groupInstanceId());
      if (error != ErrorCode.NONE) {
        return error;
      }
    }
    if (memberId.isEmpty()) {
      return ErrorCode.UNKNOWN_MEMBER_ID;
    }
    GroupMember member = group.member(memberId);
    if (!member.caller().member().equals(caller.member())) {
      coordinator.tellLost(group, member, "removed");
    }
    coordinator.remove(group, member);
    return ErrorCode.NONE;
  }

  private void goOnWithout(ClassicGroup group) {
    switch (group.state()) {
      case STABLE, COMPLETING_REBALANCE -> coordinator.prepareRebalance(group);
      case PREPARING_REBALANCE -> coordinator.maybeCompleteJoin(group);
      case EMPTY, DEAD -> {}
    }
  }
}
