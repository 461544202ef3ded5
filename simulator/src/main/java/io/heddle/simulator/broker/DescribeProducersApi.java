package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.DescribeProducersRequest;
import io.heddle.simulator.protocol.DescribeProducersResponse;
import io.heddle.simulator.protocol.DescribeProducersResponse.Producers;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells which producers a partition remembers.
 *
 * <p>Models: id, epoch, last sequence number and time, the coordinator's epoch of the last marker,
 * where an open transaction began; leadership.
 *
 * <p>Does not model: authorization.
 */
final class DescribeProducersApi implements RequestHandler<DescribeProducersRequest> {
  private final Topics topics;

  DescribeProducersApi(Topics topics) {
    this.topics = topics;
  }

  @Override
  public void handle(Call call, DescribeProducersRequest request) {
    Map<TopicPartition, Producers> results = new LinkedHashMap<>();
    for (TopicPartition id : request.partitions()) {
      results.put(id, describe(call.brokerId(), id));
    }
    call.reply(new DescribeProducersResponse(results));
  }

  private Producers describe(int brokerId, TopicPartition id) {
    Partition partition = topics.find(id).orElse(null);
    ErrorCode error =
        partition == null ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : partition.check(brokerId, -1);
    return partition == null || error != ErrorCode.NONE
        ? new Producers(error, List.of())
        : new Producers(ErrorCode.NONE, WrittenBy.of(partition.log()));
  }
}
