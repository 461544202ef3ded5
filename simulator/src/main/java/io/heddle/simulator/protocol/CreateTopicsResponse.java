package io.heddle.simulator.protocol;

import java.util.List;
import org.apache.kafka.common.Uuid;

/** What became of each topic. */
public record CreateTopicsResponse(List<TopicResult> topics) implements Response {
  /** What became of one; the message is empty if there was no error. */
  public record TopicResult(
      String name, Uuid topicId, ErrorCode error, String errorMessage, int partitions) {}
}
