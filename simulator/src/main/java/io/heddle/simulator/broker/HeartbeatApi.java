package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.HeartbeatRequest;
import io.heddle.simulator.protocol.HeartbeatResponse;

/**
 * Hears that members live.
 *
 * <p>Models: sessions that begin again with each heartbeat, the news of a rebalance, old
 * generations, unknown members, fenced instances; a coordinator that still loads and answers
 * blindly.
 *
 * <p>Does not model: members of a consumer group that speak the classic protocol.
 */
final class HeartbeatApi implements RequestHandler<HeartbeatRequest> {
  private final Coordinators coordinators;
  private final GroupCoordinator coordinator;

  HeartbeatApi(Coordinators coordinators, GroupCoordinator coordinator) {
    this.coordinators = coordinators;
    this.coordinator = coordinator;
  }

  @Override
  public void handle(Call call, HeartbeatRequest request) {
    call.reply(new HeartbeatResponse(beat(call.brokerId(), request)));
  }

  private ErrorCode beat(int brokerId, HeartbeatRequest request) {
    if (request.groupId().isEmpty()) {
      return ErrorCode.INVALID_GROUP_ID;
    }
    ErrorCode refused = coordinators.check(brokerId, request.groupId());
    if (refused == ErrorCode.COORDINATOR_LOAD_IN_PROGRESS) {
      // It cannot know better yet, and the member is to stay.
      return ErrorCode.NONE;
    }
    if (refused != ErrorCode.NONE) {
      return refused;
    }
    ConsumerGroup assigned = coordinator.groups().findConsumer(request.groupId()).orElse(null);
    if (assigned != null) {
      return assigned.refuseClassic(request.memberId(), request.groupInstanceId());
    }
    ClassicGroup group = coordinator.groups().findClassic(request.groupId()).orElse(null);
    if (group == null) {
      return ErrorCode.UNKNOWN_MEMBER_ID;
    }
    ErrorCode error = group.validateMember(request.memberId(), request.groupInstanceId());
    if (error != ErrorCode.NONE) {
      return error;
    }
    if (request.generationId() != group.generation()) {
      return ErrorCode.ILLEGAL_GENERATION;
    }
    coordinator.restartSession(group, group.member(request.memberId()));
    return group.is(GroupState.PREPARING_REBALANCE)
        ? ErrorCode.REBALANCE_IN_PROGRESS
        : ErrorCode.NONE;
  }
}
