package io.heddle.simulator.protocol;

/** Asks for all groups that this broker coordinates. */
public record ListGroupsRequest() implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.LIST_GROUPS;
  }

  @Override
  public ListGroupsResponse refusal(ErrorCode error) {
    return new ListGroupsResponse(error, java.util.List.of());
  }
}
