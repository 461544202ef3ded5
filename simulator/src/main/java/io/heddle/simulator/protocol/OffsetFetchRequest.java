package io.heddle.simulator.protocol;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads committed offsets.
 *
 * @param generationId the member's generation, or -1
 * @param allPartitions whether to answer for every partition that has an offset instead
 * @param requireStable whether to refuse while a transaction may still change them
 */
public record OffsetFetchRequest(
    String groupId,
    String memberId,
    int generationId,
    List<TopicPartition> partitions,
    boolean allPartitions,
    boolean requireStable)
    implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.OFFSET_FETCH;
  }

  @Override
  public OffsetFetchResponse refusal(ErrorCode error) {
    return new OffsetFetchResponse(error, java.util.Map.of());
  }
}
