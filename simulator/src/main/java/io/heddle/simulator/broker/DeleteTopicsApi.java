package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.DeleteTopicsRequest;
import io.heddle.simulator.protocol.DeleteTopicsResponse;
import io.heddle.simulator.protocol.DeleteTopicsResponse.Result;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * Deletes topics; any broker passes the request on to the controller.
 *
 * <p>Models: topics by name and by id, unknown ones, those given twice, the end of the committed
 * offsets of a deleted topic, the answer to fetches that wait for it.
 *
 * <p>Does not model: {@code delete.topic.enable}, the time that a deletion takes to become known.
 */
final class DeleteTopicsApi implements RequestHandler<DeleteTopicsRequest> {
  private final Topics topics;
  private final TopicAdministration administration;

  DeleteTopicsApi(Topics topics, TopicAdministration administration) {
    this.topics = topics;
    this.administration = administration;
  }

  @Override
  public void handle(Call call, DeleteTopicsRequest request) {
    List<String> names = request.topics();
    Map<String, Result> byName = new LinkedHashMap<>();
    for (String name : names) {
      byName.put(
          name,
          names.indexOf(name) == names.lastIndexOf(name)
              ? delete(topics.find(name), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
              : new Result(ErrorCode.INVALID_REQUEST, "Duplicate topic name."));
    }
    List<Uuid> ids = request.ids();
    Map<Uuid, Result> byId = new LinkedHashMap<>();
    for (Uuid id : ids) {
      byId.put(
          id,
          ids.indexOf(id) == ids.lastIndexOf(id)
              ? delete(topics.find(id), ErrorCode.UNKNOWN_TOPIC_ID)
              : new Result(ErrorCode.INVALID_REQUEST, "Duplicate topic id."));
    }
    call.reply(new DeleteTopicsResponse(byName, byId));
  }

  private Result delete(Optional<Topic> topic, ErrorCode unknown) {
    topic.ifPresent(administration::delete);
    return new Result(topic.isPresent() ? ErrorCode.NONE : unknown, "");
  }
}
