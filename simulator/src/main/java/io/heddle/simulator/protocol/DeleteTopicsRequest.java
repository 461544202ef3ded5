package io.heddle.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** Deletes topics by name and by id. */
public record DeleteTopicsRequest(List<String> topics, List<Uuid> ids) implements Request {
  /** A request by name. */
  public DeleteTopicsRequest(List<String> topics) {
    this(topics, List.of());
  }

  @Override
  public ApiKey api() {
    return ApiKey.DELETE_TOPICS;
  }

  @Override
  public DeleteTopicsResponse refusal(ErrorCode error) {
    Map<String, DeleteTopicsResponse.Result> byName = new LinkedHashMap<>();
    topics.forEach(topic -> byName.put(topic, new DeleteTopicsResponse.Result(error, "")));
    Map<Uuid, DeleteTopicsResponse.Result> byId = new LinkedHashMap<>();
    ids.forEach(id -> byId.put(id, new DeleteTopicsResponse.Result(error, "")));
    return new DeleteTopicsResponse(byName, byId);
  }
}
