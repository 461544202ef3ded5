package io.heddle.simulator.protocol;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** The state of transactional ids. */
public record DescribeTransactionsResponse(List<DescribedTransaction> transactions)
    implements Response {
  /**
   * One transactional id.
   *
   * @param state Kafka's name for it, for example {@code Ongoing}
   * @param startTimeMs when the transaction began, in milliseconds since the epoch, or -1
   * @param partitions where it writes, the offsets partition of its group included
   */
  public record DescribedTransaction(
      ErrorCode error,
      String transactionalId,
      String state,
      int timeoutMs,
      long startTimeMs,
      long producerId,
      short producerEpoch,
      List<TopicPartition> partitions) {
    /** One that cannot be told of. */
    public static DescribedTransaction refused(String transactionalId, ErrorCode error) {
      return new DescribedTransaction(
          error, transactionalId, "", -1, -1, -1, (short) -1, List.of());
    }
  }
}
