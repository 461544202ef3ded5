package io.heddle.simulator.protocol;

import java.util.List;

/** Changes settings of topics. */
public record IncrementalAlterConfigsRequest(List<Alteration> topics, boolean validateOnly)
    implements Request {
  /** What is to be done to a setting. */
  public enum Operation {
    SET,
    DELETE,
    APPEND,
    SUBTRACT
  }

  /** One change; {@code DELETE} has no value. */
  public record Change(Operation operation, String name, String value) {}

  /** The changes to one topic. */
  public record Alteration(String topic, List<Change> changes) {}

  @Override
  public ApiKey api() {
    return ApiKey.INCREMENTAL_ALTER_CONFIGS;
  }

  @Override
  public IncrementalAlterConfigsResponse refusal(ErrorCode error) {
    return new IncrementalAlterConfigsResponse(
        topics.stream()
            .map(each -> new IncrementalAlterConfigsResponse.TopicResult(each.topic(), error, ""))
            .toList());
  }
}
