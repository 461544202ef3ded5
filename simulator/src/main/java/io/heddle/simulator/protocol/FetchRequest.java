package io.heddle.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Reads from some partitions of one broker; waits up to {@code maxWaitMs} for {@code minBytes}.
 *
 * @param isolationLevel whether records of transactions that may yet be aborted are read
 * @param partitions in the order in which they are to be filled
 */
public record FetchRequest(
    int maxWaitMs,
    int minBytes,
    int maxBytes,
    IsolationLevel isolationLevel,
    Map<TopicPartition, FetchPartition> partitions)
    implements Request {
  /** A request that reads everything. */
  public FetchRequest(
      int maxWaitMs, int minBytes, int maxBytes, Map<TopicPartition, FetchPartition> partitions) {
    this(maxWaitMs, minBytes, maxBytes, IsolationLevel.READ_UNCOMMITTED, partitions);
  }

  /**
   * What to read of one partition.
   *
   * @param currentLeaderEpoch the leader epoch that the client knows, or -1
   * @param lastFetchedEpoch the leader epoch of the record before, or -1
   */
  public record FetchPartition(
      Uuid topicId,
      long fetchOffset,
      int currentLeaderEpoch,
      int lastFetchedEpoch,
      int partitionMaxBytes) {}

  @Override
  public ApiKey api() {
    return ApiKey.FETCH;
  }

  @Override
  public FetchResponse refusal(ErrorCode error) {
    Map<TopicPartition, FetchResponse.PartitionData> data = new LinkedHashMap<>();
    partitions.forEach(
        (partition, wanted) ->
            data.put(partition, new FetchResponse.PartitionData(error, -1, -1, -1, List.of())));
    return new FetchResponse(data);
  }
}
