package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Forgets offsets that a group has committed. */
public record OffsetDeleteRequest(String groupId, List<TopicPartition> partitions)
    implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.OFFSET_DELETE;
  }

  @Override
  public OffsetDeleteResponse refusal(ErrorCode error) {
    return new OffsetDeleteResponse(error, Map.of());
  }
}
