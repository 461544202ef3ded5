package io.heddle.simulator.broker;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.protocol.DescribeProducersResponse.Active;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.RecordBatch;
import io.heddle.simulator.protocol.WriteTxnMarkersRequest;
import io.heddle.simulator.protocol.WriteTxnMarkersResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Ends a producer's transaction in partitions, past its coordinator: how an administrator aborts
 * one that hangs.
 *
 * <p>Models: epochs older than the partition has seen of the producer or of its coordinator,
 * leadership, a transaction that is not there (its marker is written all the same).
 *
 * <p>Does not model: the offsets topic, transactions of version 2 that insist on a newer epoch.
 */
final class WriteTxnMarkersApi implements RequestHandler<WriteTxnMarkersRequest> {
  private final Topics topics;
  private final Surroundings surroundings;

  WriteTxnMarkersApi(Topics topics, Surroundings surroundings) {
    this.topics = topics;
    this.surroundings = surroundings;
  }

  @Override
  public void handle(Call call, WriteTxnMarkersRequest request) {
    Map<TopicPartition, ErrorCode> results = new LinkedHashMap<>();
    for (TopicPartition id : request.partitions()) {
      results.put(id, write(call.brokerId(), id, request));
    }
    call.reply(new WriteTxnMarkersResponse(results));
  }

  private ErrorCode write(int brokerId, TopicPartition id, WriteTxnMarkersRequest request) {
    Partition partition = topics.find(id).orElse(null);
    if (partition == null) {
      return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }
    ErrorCode error = partition.check(brokerId, -1);
    if (error != ErrorCode.NONE) {
      return error;
    }
    for (Active known : WrittenBy.of(partition.log())) {
      if (known.producerId() == request.producerId()) {
        if (request.producerEpoch() < known.producerEpoch()) {
          return ErrorCode.INVALID_PRODUCER_EPOCH;
        }
        if (request.coordinatorEpoch() < known.coordinatorEpoch()) {
          return ErrorCode.TRANSACTION_COORDINATOR_FENCED;
        }
      }
    }
    append(partition, request);
    return ErrorCode.NONE;
  }

  private void append(Partition partition, WriteTxnMarkersRequest request) {
    long now = surroundings.wallMillis();
    RecordBatch marker =
        RecordBatch.marker(
            request.producerId(),
            request.producerEpoch(),
            request.commit(),
            request.coordinatorEpoch(),
            now);
    TopicPartition id = partition.id();
    for (RecordBatch aborted :
        partition.log().appendMarker(marker, topics.configOf(id.topic()), now)) {
      surroundings.record(
          new Fact.Removed(
              surroundings.nanoTime(), id, aborted.baseOffset(), aborted.lastOffset() + 1));
    }
    partition.wake();
  }
}
