package io.heddle.simulator.protocol;

import java.util.Optional;

/** Tells the coordinator that the member lives. */
public record HeartbeatRequest(
    String groupId, int generationId, String memberId, Optional<String> groupInstanceId)
    implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.HEARTBEAT;
  }

  @Override
  public HeartbeatResponse refusal(ErrorCode error) {
    return new HeartbeatResponse(error);
  }
}
