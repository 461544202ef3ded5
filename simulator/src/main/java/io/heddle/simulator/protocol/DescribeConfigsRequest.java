package io.heddle.simulator.protocol;

import java.util.List;

/** Asks for the settings of topics. */
public record DescribeConfigsRequest(List<String> topics) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.DESCRIBE_CONFIGS;
  }

  @Override
  public DescribeConfigsResponse refusal(ErrorCode error) {
    return new DescribeConfigsResponse(
        topics.stream()
            .map(topic -> new DescribeConfigsResponse.TopicConfigs(topic, error, List.of()))
            .toList());
  }
}
