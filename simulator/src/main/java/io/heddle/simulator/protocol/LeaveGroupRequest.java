package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Optional;

/** Takes members out of a group. */
public record LeaveGroupRequest(String groupId, List<MemberIdentity> members) implements Request {
  /** The member to take out, by its id or by its instance id. */
  public record MemberIdentity(String memberId, Optional<String> groupInstanceId, String reason) {}

  @Override
  public ApiKey api() {
    return ApiKey.LEAVE_GROUP;
  }

  @Override
  public LeaveGroupResponse refusal(ErrorCode error) {
    return new LeaveGroupResponse(error, List.of());
  }
}
