package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.OffsetFetchResponse;
import io.heddle.simulator.protocol.OffsetFetchResponse.FetchedOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads committed offsets.
 *
 * <p>Models: the partitions asked for or all that have an offset; -1 where there is none, in an
 * unknown group too; requireStable, which is always met since there are no transactions.
 *
 * <p>Does not model: consumer groups and their epochs, several groups in one request, topic ids,
 * UNSTABLE_OFFSET_COMMIT.
 */
final class OffsetFetchApi implements RequestHandler<OffsetFetchRequest> {
  private final Coordinators coordinators;
  private final OffsetStore offsets;

  OffsetFetchApi(Coordinators coordinators, OffsetStore offsets) {
    this.coordinators = coordinators;
    this.offsets = offsets;
  }

  @Override
  public void handle(Call call, OffsetFetchRequest request) {
    if (!coordinators.isAt(call.brokerId(), request.groupId())) {
      call.reply(request.refusal(ErrorCode.NOT_COORDINATOR));
      return;
    }
    Map<TopicPartition, FetchedOffset> fetched = new LinkedHashMap<>();
    if (request.allPartitions()) {
      offsets.of(request.groupId()).forEach((id, offset) -> fetched.put(id, found(offset)));
    } else {
      for (TopicPartition id : request.partitions()) {
        FetchedOffset none = new FetchedOffset(ErrorCode.NONE, -1, -1, "");
        fetched.put(id, offsets.get(request.groupId(), id).map(OffsetFetchApi::found).orElse(none));
      }
    }
    call.reply(new OffsetFetchResponse(ErrorCode.NONE, fetched));
  }

  private static FetchedOffset found(OffsetToCommit offset) {
    return new FetchedOffset(
        ErrorCode.NONE, offset.offset(), offset.leaderEpoch(), offset.metadata());
  }
}
