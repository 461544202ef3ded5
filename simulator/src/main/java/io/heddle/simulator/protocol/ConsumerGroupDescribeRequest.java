package io.heddle.simulator.protocol;

import java.util.List;

/** Asks for the state of consumer groups. */
public record ConsumerGroupDescribeRequest(List<String> groupIds) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.CONSUMER_GROUP_DESCRIBE;
  }

  @Override
  public ConsumerGroupDescribeResponse refusal(ErrorCode error) {
    return new ConsumerGroupDescribeResponse(
        groupIds.stream()
            .map(groupId -> ConsumerGroupDescribeResponse.failure(groupId, error, ""))
            .toList());
  }
}
