package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListConfigResourcesRequest;
import io.heddle.simulator.protocol.ListConfigResourcesResponse;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Lists what can have settings of its own.
 *
 * <p>Models: topics, and brokers with their loggers.
 *
 * <p>Does not model: settings of groups and of client metrics, of which there are none.
 */
final class ListConfigResourcesApi implements RequestHandler<ListConfigResourcesRequest> {
  private final Topics topics;
  private final Brokers brokers;

  ListConfigResourcesApi(Topics topics, Brokers brokers) {
    this.topics = topics;
    this.brokers = brokers;
  }

  @Override
  public void handle(Call call, ListConfigResourcesRequest request) {
    List<ConfigResource> found = new ArrayList<>();
    for (ConfigResource.Type type :
        request.types().isEmpty() ? List.of(ConfigResource.Type.values()) : request.types()) {
      if (type == ConfigResource.Type.TOPIC) {
        topics.all().forEach(topic -> found.add(new ConfigResource(type, topic.name())));
      } else if (type == ConfigResource.Type.BROKER || type == ConfigResource.Type.BROKER_LOGGER) {
        brokers
            .active()
            .forEach(broker -> found.add(new ConfigResource(type, Integer.toString(broker))));
      }
    }
    call.reply(new ListConfigResourcesResponse(ErrorCode.NONE, found));
  }
}
