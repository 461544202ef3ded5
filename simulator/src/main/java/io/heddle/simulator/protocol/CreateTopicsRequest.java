package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Map;

/** Creates topics. */
public record CreateTopicsRequest(List<NewTopic> topics, boolean validateOnly) implements Request {
  /** One topic; -1 asks for the broker's default. */
  public record NewTopic(
      String name, int partitions, short replicationFactor, Map<String, String> configs) {}

  @Override
  public ApiKey api() {
    return ApiKey.CREATE_TOPICS;
  }

  @Override
  public CreateTopicsResponse refusal(ErrorCode error) {
    return new CreateTopicsResponse(
        topics.stream()
            .map(
                topic ->
                    new CreateTopicsResponse.TopicResult(
                        topic.name(), org.apache.kafka.common.Uuid.ZERO_UUID, error, "", -1))
            .toList());
  }
}
