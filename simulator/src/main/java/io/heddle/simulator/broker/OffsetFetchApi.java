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
 * unknown group too; UNSTABLE_OFFSET_COMMIT, if stable offsets are asked for, while a transaction
 * may change an offset.
 *
 * <p>Does not model: consumer groups and their epochs, several groups in one request, topic ids.
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
      offsets.of(request.groupId()).keySet().forEach(id -> fetched.put(id, fetch(request, id)));
    } else {
      for (TopicPartition id : request.partitions()) {
        fetched.put(id, fetch(request, id));
      }
    }
    call.reply(new OffsetFetchResponse(ErrorCode.NONE, fetched));
  }

  private FetchedOffset fetch(OffsetFetchRequest request, TopicPartition id) {
    if (request.requireStable() && offsets.pending().contains(request.groupId(), id)) {
      return nothing(ErrorCode.UNSTABLE_OFFSET_COMMIT);
    }
    return offsets
        .get(request.groupId(), id)
        .map(OffsetFetchApi::found)
        .orElse(nothing(ErrorCode.NONE));
  }

  private static FetchedOffset nothing(ErrorCode error) {
    return new FetchedOffset(error, -1, -1, "");
  }

  private static FetchedOffset found(OffsetToCommit offset) {
    return new FetchedOffset(
        ErrorCode.NONE, offset.offset(), offset.leaderEpoch(), offset.metadata());
  }
}
