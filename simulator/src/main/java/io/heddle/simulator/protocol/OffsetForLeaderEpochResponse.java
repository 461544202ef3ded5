package io.heddle.simulator.protocol;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where the epochs end. */
public record OffsetForLeaderEpochResponse(Map<TopicPartition, EpochEnd> partitions)
    implements Response {
  /**
   * One answer.
   *
   * @param leaderEpoch the latest epoch in the log that is not later than the one asked for, or -1
   * @param endOffset the offset after the last record of that epoch, or -1
   */
  public record EpochEnd(ErrorCode error, int leaderEpoch, long endOffset) {
    static EpochEnd refused(ErrorCode error) {
      return new EpochEnd(error, -1, -1);
    }
  }
}
