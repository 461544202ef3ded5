package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Lets partitions be led by their preferred replicas, or by any.
 *
 * @param unclean whether any replica will do for a partition that nobody leads
 * @param partitions which; empty for all that need it
 */
public record ElectLeadersRequest(boolean unclean, Optional<List<TopicPartition>> partitions)
    implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.ELECT_LEADERS;
  }

  @Override
  public ElectLeadersResponse refusal(ErrorCode error) {
    return new ElectLeadersResponse(error, Map.of());
  }
}
