package io.heddle.simulator.protocol;

import java.util.Map;

/** Asks a broker for its log directory and what is in it. */
public record DescribeLogDirsRequest() implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.DESCRIBE_LOG_DIRS;
  }

  @Override
  public DescribeLogDirsResponse refusal(ErrorCode error) {
    return new DescribeLogDirsResponse(error, "", Map.of());
  }
}
