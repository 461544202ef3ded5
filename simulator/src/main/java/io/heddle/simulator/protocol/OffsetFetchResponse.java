package io.heddle.simulator.protocol;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The committed offsets, one entry for each partition asked for. */
public record OffsetFetchResponse(ErrorCode error, Map<TopicPartition, FetchedOffset> partitions)
    implements Response {
  /** A committed offset; {@code offset} is -1 if there is none. */
  public record FetchedOffset(ErrorCode error, long offset, int leaderEpoch, String metadata) {}
}
