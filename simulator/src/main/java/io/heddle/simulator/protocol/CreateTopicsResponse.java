package io.heddle.simulator.protocol;

import java.util.List;
import org.apache.kafka.common.Uuid;

/** What became of each topic. */
public record CreateTopicsResponse(List<TopicResult> topics) implements Response {
  /**
   * What became of one; the message is empty if there was no error.
   *
   * @param configs what holds for the topic
   */
  public record TopicResult(
      String name,
      Uuid topicId,
      ErrorCode error,
      String errorMessage,
      int partitions,
      int replicationFactor,
      List<DescribeConfigsResponse.Entry> configs) {
    /** One that there is not. */
    public static TopicResult failed(String name, ErrorCode error, String errorMessage) {
      return new TopicResult(name, Uuid.ZERO_UUID, error, errorMessage, -1, -1, List.of());
    }
  }
}
