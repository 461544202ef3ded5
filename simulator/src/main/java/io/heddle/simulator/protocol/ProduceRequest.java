package io.heddle.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Appends one batch to each of some partitions.
 *
 * @param transactionalId the producer's, if the batches are part of a transaction; the leader then
 *     makes the partitions part of it, as since transaction version 2
 * @param acks 0, 1 or -1 (all)
 * @param timeoutMs how long the broker may wait for its replicas
 */
public record ProduceRequest(
    Optional<String> transactionalId,
    short acks,
    int timeoutMs,
    Map<TopicPartition, RecordBatch> batches)
    implements Request {
  /** A request outside of any transaction. */
  public ProduceRequest(short acks, int timeoutMs, Map<TopicPartition, RecordBatch> batches) {
    this(Optional.empty(), acks, timeoutMs, batches);
  }

  @Override
  public ApiKey api() {
    return ApiKey.PRODUCE;
  }

  @Override
  public boolean isAnswered() {
    return acks != 0;
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
