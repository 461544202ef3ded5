package io.heddle.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deletes topics by name. */
public record DeleteTopicsRequest(List<String> topics) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.DELETE_TOPICS;
  }

  @Override
  public DeleteTopicsResponse refusal(ErrorCode error) {
    Map<String, ErrorCode> errors = new LinkedHashMap<>();
    topics.forEach(topic -> errors.put(topic, error));
    return new DeleteTopicsResponse(errors);
  }
}
