package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.DeleteRecordsRequest;
import io.heddle.simulator.protocol.DeleteRecordsResponse;
import io.heddle.simulator.protocol.DeleteRecordsResponse.PartitionResult;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Moves log starts forward.
 *
 * <p>Models: any offset up to the high watermark, -1 for the high watermark itself, a start that
 * stays where it is if it is further already, leadership, the refusal for topics that are only
 * compacted.
 *
 * <p>Does not model: waiting for replicas.
 */
final class DeleteRecordsApi implements RequestHandler<DeleteRecordsRequest> {
  private static final long HIGH_WATERMARK = -1;

  private final Topics topics;
  private final LogMaintenance maintenance;

  DeleteRecordsApi(Topics topics, LogMaintenance maintenance) {
    this.topics = topics;
    this.maintenance = maintenance;
  }

  @Override
  public void handle(Call call, DeleteRecordsRequest request) {
    Map<TopicPartition, PartitionResult> results = new LinkedHashMap<>();
    request.offsets().forEach((id, offset) -> results.put(id, delete(call.brokerId(), id, offset)));
    call.reply(new DeleteRecordsResponse(results));
  }

  private PartitionResult delete(int brokerId, TopicPartition id, long offset) {
    Partition partition = topics.find(id).orElse(null);
    if (partition == null) {
      return new PartitionResult(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, -1);
    }
    ErrorCode error = partition.check(brokerId, -1);
    if (error != ErrorCode.NONE) {
      return new PartitionResult(error, -1);
    }
    if (!topics.configOf(id.topic()).deletes()) {
      return new PartitionResult(ErrorCode.POLICY_VIOLATION, -1);
    }
    PartitionLog log = partition.log();
    long firstKept = offset == HIGH_WATERMARK ? log.highWatermark() : offset;
    if (firstKept < 0 || firstKept > log.highWatermark()) {
      return new PartitionResult(ErrorCode.OFFSET_OUT_OF_RANGE, -1);
    }
    var unused = maintenance.deleteBefore(partition, firstKept);
    return new PartitionResult(ErrorCode.NONE, log.startOffset());
  }
}
