package io.heddle.simulator.broker;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.IncrementalAlterConfigsRequest;
import io.heddle.simulator.protocol.IncrementalAlterConfigsRequest.Alteration;
import io.heddle.simulator.protocol.IncrementalAlterConfigsRequest.Change;
import io.heddle.simulator.protocol.IncrementalAlterConfigsRequest.Operation;
import io.heddle.simulator.protocol.IncrementalAlterConfigsResponse;
import io.heddle.simulator.protocol.IncrementalAlterConfigsResponse.TopicResult;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;

/**
 * Changes settings of topics; any broker passes the request on to the controller.
 *
 * <p>Models: SET, DELETE, APPEND and SUBTRACT (the last two for lists), all changes to a topic or
 * none, unknown topics, unknown settings and illegal values, validation without effect.
 *
 * <p>Does not model: resources other than topics, policies, settings that topics refuse here
 * (INVALID_CONFIG with the name).
 */
final class IncrementalAlterConfigsApi implements RequestHandler<IncrementalAlterConfigsRequest> {
  private final Topics topics;
  private final TopicAdministration administration;

  IncrementalAlterConfigsApi(Topics topics, TopicAdministration administration) {
    this.topics = topics;
    this.administration = administration;
  }

  @Override
  public void handle(Call call, IncrementalAlterConfigsRequest request) {
    call.reply(
        new IncrementalAlterConfigsResponse(
            request.topics().stream().map(each -> alter(each, request.validateOnly())).toList()));
  }

  private TopicResult alter(Alteration alteration, boolean validateOnly) {
    Topic topic = topics.find(alteration.topic()).orElse(null);
    if (topic == null) {
      return new TopicResult(alteration.topic(), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "");
    }
    Map<String, String> settings = new TreeMap<>(topic.overrides().overrides());
    try {
      for (Change change : alteration.changes()) {
        apply(change, topic, settings);
      }
      TopicConfig altered = TopicConfig.of(settings);
      if (!validateOnly) {
        administration.configure(topic, altered);
      }
    } catch (ConfigException invalid) {
      return new TopicResult(
          topic.name(), ErrorCode.INVALID_CONFIG, String.valueOf(invalid.getMessage()));
    }
    return new TopicResult(topic.name(), ErrorCode.NONE, "");
  }

  private static void apply(Change change, Topic topic, Map<String, String> settings) {
    switch (change.operation()) {
      case SET -> settings.put(change.name(), change.value());
      case DELETE -> settings.remove(change.name());
      case APPEND, SUBTRACT -> {
        if (!change.name().equals(CLEANUP_POLICY_CONFIG)) {
          throw new ConfigException(
              "Can't "
                  + change.operation()
                  + " to key "
                  + change.name()
                  + " because its type is not LIST.");
        }
        String present =
            settings.getOrDefault(
                change.name(), topic.config().all().getOrDefault(change.name(), ""));
        Set<String> items = new LinkedHashSet<>(List.of(present.split(",", -1)));
        items.remove("");
        List<String> named = List.of(change.value().split(",", -1));
        if (change.operation() == Operation.APPEND) {
          items.addAll(named);
        } else {
          named.forEach(items::remove);
        }
        settings.put(change.name(), String.join(",", items));
      }
    }
  }
}
