package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.DeleteTopicsRequest;
import io.heddle.simulator.protocol.DeleteTopicsResponse;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Deletes topics; any broker passes the request on to the controller.
 *
 * <p>Models: unknown topics, names given twice, the end of the committed offsets of a deleted
 * topic, the answer to fetches that wait for it.
 *
 * <p>Does not model: topics by id, {@code delete.topic.enable}, the time that a deletion takes to
 * become known.
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
    Map<String, ErrorCode> results = new LinkedHashMap<>();
    for (String name : names) {
      boolean twice = names.indexOf(name) != names.lastIndexOf(name);
      results.put(name, twice ? ErrorCode.INVALID_REQUEST : delete(name));
    }
    call.reply(new DeleteTopicsResponse(results));
  }

  private ErrorCode delete(String name) {
    Topic topic = topics.find(name).orElse(null);
    if (topic == null) {
      return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }
    administration.delete(topic);
    return ErrorCode.NONE;
  }
}
