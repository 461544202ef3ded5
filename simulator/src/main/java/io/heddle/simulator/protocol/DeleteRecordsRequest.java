package io.heddle.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Moves log starts forward.
 *
 * @param offsets the first offset to keep; -1 means the high watermark
 */
public record DeleteRecordsRequest(Map<TopicPartition, Long> offsets) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.DELETE_RECORDS;
  }

  @Override
  public DeleteRecordsResponse refusal(ErrorCode error) {
    Map<TopicPartition, DeleteRecordsResponse.PartitionResult> results = new LinkedHashMap<>();
    offsets.forEach(
        (partition, offset) ->
            results.put(partition, new DeleteRecordsResponse.PartitionResult(error, -1)));
    return new DeleteRecordsResponse(results);
  }
}
