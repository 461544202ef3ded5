package io.heddle.simulator.protocol;

/** Asks which broker coordinates a group. */
public record FindCoordinatorRequest(String key) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.FIND_COORDINATOR;
  }

  @Override
  public FindCoordinatorResponse refusal(ErrorCode error) {
    return new FindCoordinatorResponse(error, -1);
  }
}
