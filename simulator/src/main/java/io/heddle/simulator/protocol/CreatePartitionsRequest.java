package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Optional;

/**
 * Adds partitions to topics.
 *
 * @param topics each with the count that it is to have
 */
public record CreatePartitionsRequest(List<NewCount> topics, boolean validateOnly)
    implements Request {
  /**
   * A topic and how many partitions it is to have.
   *
   * @param assignments the replicas of each new partition, the leader first, if somebody names them
   */
  public record NewCount(String topic, int count, Optional<List<List<Integer>>> assignments) {
    /** New partitions whose replicas the controller chooses. */
    public NewCount(String topic, int count) {
      this(topic, count, Optional.empty());
    }
  }

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
