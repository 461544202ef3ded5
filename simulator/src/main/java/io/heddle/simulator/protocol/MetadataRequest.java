package io.heddle.simulator.protocol;

import java.util.List;

/**
 * Asks for brokers, topics and leaders.
 *
 * @param topics the topics' names
 * @param allTopics whether to answer for every topic instead
 * @param allowAutoTopicCreation whether the broker may create a topic that does not exist;
 *     producers and, by default, consumers allow it, admin clients do not
 */
public record MetadataRequest(
    List<String> topics, boolean allTopics, boolean allowAutoTopicCreation) implements Request {
  /** A request that allows creation, as the protocol has it where nothing is said. */
  public MetadataRequest(List<String> topics, boolean allTopics) {
    this(topics, allTopics, true);
  }

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
