package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.OffsetForLeaderEpochRequest;
import io.heddle.simulator.protocol.OffsetForLeaderEpochRequest.EpochAsked;
import io.heddle.simulator.protocol.OffsetForLeaderEpochResponse;
import io.heddle.simulator.protocol.OffsetForLeaderEpochResponse.EpochEnd;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Says where leader epochs end in logs, so that a consumer notices that what it has read is no
 * longer there.
 *
 * <p>Models: the end of an epoch or of the one before it in the log, epochs that are yet to come,
 * the client's own leader epoch, leadership.
 *
 * <p>Does not model: followers, which ask the same.
 */
final class OffsetForLeaderEpochApi implements RequestHandler<OffsetForLeaderEpochRequest> {
  private final Topics topics;

  OffsetForLeaderEpochApi(Topics topics) {
    this.topics = topics;
  }

  @Override
  public void handle(Call call, OffsetForLeaderEpochRequest request) {
    Map<TopicPartition, EpochEnd> ends = new LinkedHashMap<>();
    request.partitions().forEach((id, asked) -> ends.put(id, endOf(call.brokerId(), id, asked)));
    call.reply(new OffsetForLeaderEpochResponse(ends));
  }

  private EpochEnd endOf(int brokerId, TopicPartition id, EpochAsked asked) {
    Partition partition = topics.find(id).orElse(null);
    if (partition == null) {
      return new EpochEnd(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, -1, -1);
    }
    ErrorCode error = partition.check(brokerId, asked.currentLeaderEpoch());
    if (error != ErrorCode.NONE) {
      return new EpochEnd(error, -1, -1);
    }
    PartitionLog log = partition.log();
    LeaderEpochs.End end = log.epochs().endOf(asked.leaderEpoch(), log.endOffset());
    return new EpochEnd(ErrorCode.NONE, end.epoch(), end.offset());
  }
}
