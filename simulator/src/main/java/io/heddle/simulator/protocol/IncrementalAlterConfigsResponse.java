package io.heddle.simulator.protocol;

import java.util.List;

/** What became of each topic. */
public record IncrementalAlterConfigsResponse(List<TopicResult> topics) implements Response {
  /** One topic; an empty message where the error says it all. */
  public record TopicResult(String topic, ErrorCode error, String message) {}
}
