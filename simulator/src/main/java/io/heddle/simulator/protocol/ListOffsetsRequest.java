package io.heddle.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks offsets up by time.
 *
 * @param isolationLevel whether the end is that of the log, or that of its stable part
 * @param timestamps milliseconds since the epoch, or one of the constants here, which are negative
 */
public record ListOffsetsRequest(
    IsolationLevel isolationLevel, Map<TopicPartition, Long> timestamps) implements Request {
  /** The end of the log. */
  public static final long LATEST = -1;

  /** The start of the log. */
  public static final long EARLIEST = -2;

  /** The first record with the latest timestamp. */
  public static final long MAX_TIMESTAMP = -3;

  /** The first record that is on the broker's own disks; with no tiered storage, the start. */
  public static final long EARLIEST_LOCAL = -4;

  /** The last record in tiered storage. */
  public static final long LATEST_TIERED = -5;

  /** The first record that is yet to go to tiered storage. */
  public static final long EARLIEST_PENDING_UPLOAD = -6;

  /** A request that regards everything. */
  public ListOffsetsRequest(Map<TopicPartition, Long> timestamps) {
    this(IsolationLevel.READ_UNCOMMITTED, timestamps);
  }

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
