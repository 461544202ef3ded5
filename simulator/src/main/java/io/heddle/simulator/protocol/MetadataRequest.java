package io.heddle.simulator.protocol;

import java.util.List;

/**
 * Asks for brokers, topics and leaders.
 *
 * @param topics the topics' names
 * @param allTopics whether to answer for every topic instead
 */
public record MetadataRequest(List<String> topics, boolean allTopics) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.METADATA;
  }

  @Override
  public MetadataResponse refusal(ErrorCode error) {
    return new MetadataResponse(
        List.of(),
        -1,
        "",
        topics.stream()
            .map(
                topic ->
                    new MetadataResponse.TopicMetadata(
                        error, topic, org.apache.kafka.common.Uuid.ZERO_UUID, List.of()))
            .toList());
  }
}
