package io.heddle.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Asks where leader epochs end in the logs of some partitions. */
public record OffsetForLeaderEpochRequest(Map<TopicPartition, EpochAsked> partitions)
    implements Request {
  /**
   * One question.
   *
   * @param currentLeaderEpoch the leader epoch that the client knows, or -1
   * @param leaderEpoch the epoch whose end is asked for
   */
  public record EpochAsked(int currentLeaderEpoch, int leaderEpoch) {}

  @Override
  public ApiKey api() {
    return ApiKey.OFFSET_FOR_LEADER_EPOCH;
  }

  @Override
  public OffsetForLeaderEpochResponse refusal(ErrorCode error) {
    Map<TopicPartition, OffsetForLeaderEpochResponse.EpochEnd> ends = new LinkedHashMap<>();
    partitions.forEach(
        (id, asked) -> ends.put(id, OffsetForLeaderEpochResponse.EpochEnd.refused(error)));
    return new OffsetForLeaderEpochResponse(ends);
  }
}
