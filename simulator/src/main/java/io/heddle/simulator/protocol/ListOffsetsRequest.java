package io.heddle.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks offsets up by time.
 *
 * @param timestamps milliseconds since the epoch, {@link #LATEST} or {@link #EARLIEST}
 */
public record ListOffsetsRequest(Map<TopicPartition, Long> timestamps) implements Request {
  /** The end of the log. */
  public static final long LATEST = -1;

  /** The start of the log. */
  public static final long EARLIEST = -2;

  @Override
  public ApiKey api() {
    return ApiKey.LIST_OFFSETS;
  }

  @Override
  public ListOffsetsResponse refusal(ErrorCode error) {
    Map<TopicPartition, ListOffsetsResponse.PartitionOffset> offsets = new LinkedHashMap<>();
    timestamps.forEach(
        (partition, timestamp) ->
            offsets.put(partition, new ListOffsetsResponse.PartitionOffset(error, -1, -1, -1)));
    return new ListOffsetsResponse(offsets);
  }
}
