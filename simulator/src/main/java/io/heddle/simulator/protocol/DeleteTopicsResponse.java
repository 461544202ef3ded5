package io.heddle.simulator.protocol;

import java.util.Map;
import org.apache.kafka.common.Uuid;

/** What became of each topic. */
public record DeleteTopicsResponse(Map<String, Result> topics, Map<Uuid, Result> ids)
    implements Response {
  /** One topic; an empty message where the error says it all. */
  public record Result(ErrorCode error, String message) {}
}
