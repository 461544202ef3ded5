package io.heddle.simulator.protocol;

import java.util.List;

/** Asks for the state of groups. */
public record DescribeGroupsRequest(List<String> groups) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.DESCRIBE_GROUPS;
  }

  @Override
  public DescribeGroupsResponse refusal(ErrorCode error) {
    return new DescribeGroupsResponse(
        groups.stream()
            .map(
                group ->
                    new DescribeGroupsResponse.DescribedGroup(error, group, "", "", "", List.of()))
            .toList());
  }
}
