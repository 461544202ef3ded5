package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Optional;

/** What became of each member that was to leave. */
public record LeaveGroupResponse(ErrorCode error, List<MemberResult> members) implements Response {
  /** What became of one. */
  public record MemberResult(ErrorCode error, String memberId, Optional<String> groupInstanceId) {}
}
