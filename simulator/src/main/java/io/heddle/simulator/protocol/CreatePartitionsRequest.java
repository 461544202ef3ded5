package io.heddle.simulator.protocol;

import java.util.List;

/**
 * Adds partitions to topics.
 *
 * @param topics each with the count that it is to have
 */
public record CreatePartitionsRequest(List<NewCount> topics, boolean validateOnly)
    implements Request {
  /** A topic and how many partitions it is to have. */
  public record NewCount(String topic, int count) {}

  @Override
  public ApiKey api() {
    return ApiKey.CREATE_PARTITIONS;
  }

  @Override
  public CreatePartitionsResponse refusal(ErrorCode error) {
    return new CreatePartitionsResponse(
        topics.stream()
            .map(each -> new CreatePartitionsResponse.TopicResult(each.topic(), error, ""))
            .toList());
  }
}
