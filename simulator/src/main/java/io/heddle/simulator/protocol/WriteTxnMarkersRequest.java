package io.heddle.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Ends a producer's transaction in partitions, past its coordinator. */
public record WriteTxnMarkersRequest(
    long producerId,
    short producerEpoch,
    int coordinatorEpoch,
    boolean commit,
    List<TopicPartition> partitions)
    implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.WRITE_TXN_MARKERS;
  }

  @Override
  public WriteTxnMarkersResponse refusal(ErrorCode error) {
    Map<TopicPartition, ErrorCode> results = new LinkedHashMap<>();
    partitions.forEach(partition -> results.put(partition, error));
    return new WriteTxnMarkersResponse(results);
  }
}
