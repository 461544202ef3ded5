package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Creates topics. */
public record CreateTopicsRequest(List<NewTopic> topics, boolean validateOnly) implements Request {
  /**
   * One topic; -1 asks for the broker's default.
   *
   * @param assignments the replicas of each partition, the leader first; empty if the controller
   *     may choose
   */
  public record NewTopic(
      String name,
      int partitions,
      short replicationFactor,
      Map<String, String> configs,
      SortedMap<Integer, List<Integer>> assignments) {
    /** One whose replicas the controller chooses. */
    public NewTopic(
        String name, int partitions, short replicationFactor, Map<String, String> configs) {
      this(name, partitions, replicationFactor, configs, new TreeMap<>());
    }
  }

  @Override
  public ApiKey api() {
    return ApiKey.CREATE_TOPICS;
  }

  @Override
  public CreateTopicsResponse refusal(ErrorCode error) {
    return new CreateTopicsResponse(
        topics.stream()
            .map(topic -> CreateTopicsResponse.TopicResult.failed(topic.name(), error, ""))
            .toList());
  }
}
