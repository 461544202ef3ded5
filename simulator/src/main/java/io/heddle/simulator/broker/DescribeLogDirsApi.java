package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.DescribeLogDirsRequest;
import io.heddle.simulator.protocol.DescribeLogDirsResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells what a broker keeps in its one log directory.
 *
 * <p>Models: the replicas that the broker is assigned, with the bytes of their records.
 *
 * <p>Does not model: several directories, moves between them, disk sizes, internal topics.
 */
final class DescribeLogDirsApi implements RequestHandler<DescribeLogDirsRequest> {
  private final Topics topics;

  DescribeLogDirsApi(Topics topics) {
    this.topics = topics;
  }

  @Override
  public void handle(Call call, DescribeLogDirsRequest request) {
    Map<TopicPartition, Long> bytes = new LinkedHashMap<>();
    for (Partition partition : topics.partitions()) {
      if (partition.replicas().has(call.brokerId())) {
        bytes.put(
            partition.id(),
            partition.log().batches().stream().mapToLong(RecordBatch::sizeInBytes).sum());
      }
    }
    call.reply(new DescribeLogDirsResponse(ErrorCode.NONE, directoryOf(call.brokerId()), bytes));
  }

  /** The one directory of a broker. */
  static String directoryOf(int broker) {
    return "/simulated/broker-" + broker;
  }
}
