package io.heddle.simulator.protocol;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * Asks for brokers, topics and leaders.
 *
 * @param topics the topics' names
 * @param topicIds the ids of topics whose names are not known
 * @param allTopics whether to answer for every topic instead
 * @param allowAutoTopicCreation whether the broker may create a topic that does not exist;
 *     producers and, by default, consumers allow it, admin clients do not
 */
public record MetadataRequest(
    List<String> topics, List<Uuid> topicIds, boolean allTopics, boolean allowAutoTopicCreation)
    implements Request {
  /** A request by name. */
  public MetadataRequest(List<String> topics, boolean allTopics, boolean allowAutoTopicCreation) {
    this(topics, List.of(), allTopics, allowAutoTopicCreation);
  }

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
        Stream.concat(
                topics.stream().map(name -> failed(error, name, Uuid.ZERO_UUID)),
                topicIds.stream().map(id -> failed(error, "", id)))
            .toList());
  }

  private static MetadataResponse.TopicMetadata failed(ErrorCode error, String name, Uuid id) {
    return new MetadataResponse.TopicMetadata(error, name, id, List.of());
  }
}
