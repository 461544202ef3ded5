package io.heddle.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deletes empty groups with their offsets. */
public record DeleteGroupsRequest(List<String> groups) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.DELETE_GROUPS;
  }

  @Override
  public DeleteGroupsResponse refusal(ErrorCode error) {
    Map<String, ErrorCode> errors = new LinkedHashMap<>();
    groups.forEach(group -> errors.put(group, error));
    return new DeleteGroupsResponse(errors);
  }
}
