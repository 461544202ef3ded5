package io.heddle.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Appends one batch to each of some partitions.
 *
 * @param acks 0, 1 or -1 (all)
 * @param timeoutMs how long the broker may wait for its replicas
 */
public record ProduceRequest(short acks, int timeoutMs, Map<TopicPartition, RecordBatch> batches)
    implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.PRODUCE;
  }

  @Override
  public ProduceResponse refusal(ErrorCode error) {
    Map<TopicPartition, ProduceResponse.PartitionResult> results = new LinkedHashMap<>();
    batches.forEach(
        (partition, batch) ->
            results.put(partition, new ProduceResponse.PartitionResult(error, -1, -1, 0)));
    return new ProduceResponse(results);
  }
}
