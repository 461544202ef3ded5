package io.heddle.simulator.protocol;

import java.util.List;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Asks for everything that can have settings of its own.
 *
 * @param types only of these; all if there are none
 */
public record ListConfigResourcesRequest(List<ConfigResource.Type> types) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.LIST_CONFIG_RESOURCES;
  }

  @Override
  public ListConfigResourcesResponse refusal(ErrorCode error) {
    return new ListConfigResourcesResponse(error, List.of());
  }
}
