package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Who has written to partitions. */
public record DescribeProducersResponse(Map<TopicPartition, Producers> partitions)
    implements Response {
  /** The producers of one partition, by id. */
  public record Producers(ErrorCode error, List<Active> active) {}

  /**
   * One producer.
   *
   * @param lastSequence of its last batch, or -1
   * @param lastTimestamp of its last batch or marker
   * @param coordinatorEpoch of its last marker, or -1
   * @param transactionStart the offset at which its open transaction began, or -1
   */
  public record Active(
      long producerId,
      int producerEpoch,
      int lastSequence,
      long lastTimestamp,
      int coordinatorEpoch,
      long transactionStart) {}
}
