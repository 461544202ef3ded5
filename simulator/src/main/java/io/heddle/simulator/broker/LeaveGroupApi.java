package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.LeaveGroupRequest;
import io.heddle.simulator.protocol.LeaveGroupRequest.MemberIdentity;
import io.heddle.simulator.protocol.LeaveGroupResponse;
import io.heddle.simulator.protocol.LeaveGroupResponse.MemberResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes members out of groups.
 *
 * <p>Models: one or more members, by their id or, as an admin does, by their instance id; ids that
 * were handed out and not used; the rebalance that follows. A member that another process takes out
 * has lost its partitions. Members of consumer groups leave with a heartbeat, but an admin takes
 * them out with this request too.
 *
 * <p>Does not model: share and streams groups.
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
    ErrorCode refused = coordinators.check(call.brokerId(), request.groupId());
    if (refused != ErrorCode.NONE) {
      call.reply(request.refusal(refused));
      return;
    }
    ConsumerGroup assigned = coordinator.groups().findConsumer(request.groupId()).orElse(null);
    if (assigned != null) {
      call.reply(
          new LeaveGroupResponse(
              ErrorCode.NONE, leave(call.caller(), assigned, request.members())));
      return;
    }
    ClassicGroup group = coordinator.groups().findClassic(request.groupId()).orElse(null);
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

  private List<MemberResult> leave(
      Caller caller, ConsumerGroup group, List<MemberIdentity> identities) {
    List<MemberResult> results = new ArrayList<>();
    Set<String> left = new LinkedHashSet<>();
    for (MemberIdentity identity : identities) {
      ErrorCode error = ErrorCode.NONE;
      try {
        Optional<ConsumerMember> named =
            identity.memberId().isEmpty()
                ? identity.groupInstanceId().flatMap(group::findStatic)
                : Optional.empty();
        ConsumerMember member =
            named.orElseGet(() -> group.memberOf(identity.memberId(), identity.groupInstanceId()));
        if (!member.caller().member().equals(caller.member())) {
          coordinator.consumers().tellLost(member, "removed");
        }
        left.add(member.memberId());
      } catch (Refused refused) {
        error = refused.error();
      }
      results.add(new MemberResult(error, identity.memberId(), identity.groupInstanceId()));
    }
    coordinator.consumers().remove(group, left);
    return results;
  }

  private void goOnWithout(ClassicGroup group) {
    switch (group.state()) {
      case STABLE, COMPLETING_REBALANCE -> coordinator.prepareRebalance(group);
      case PREPARING_REBALANCE -> coordinator.maybeCompleteJoin(group);
      case EMPTY, DEAD -> {}
    }
  }
}
