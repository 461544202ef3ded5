package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.OffsetFetchResponse;
import io.heddle.simulator.protocol.OffsetFetchResponse.FetchedOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads committed offsets.
 *
 * <p>Models: the partitions asked for or all that have an offset; -1 where there is none, in an
 * unknown group too; UNSTABLE_OFFSET_COMMIT, if stable offsets are asked for, while a transaction
 * may change an offset; the epoch of a consumer group's member, which has to be current.
 *
 * <p>Does not model: several groups in one request, topic ids.
 */
final class OffsetFetchApi implements RequestHandler<OffsetFetchRequest> {
  private final Coordinators coordinators;
  private final Groups groups;
  private final OffsetStore offsets;

  OffsetFetchApi(Coordinators coordinators, Groups groups, OffsetStore offsets) {
    this.coordinators = coordinators;
    this.groups = groups;
    this.offsets = offsets;
  }

  @Override
  public void handle(Call call, OffsetFetchRequest request) {
    ErrorCode refused = coordinators.check(call.brokerId(), request.groupId());
    if (refused != ErrorCode.NONE) {
      call.reply(request.refusal(refused));
      return;
    }
    try {
      groups
          .findConsumer(request.groupId())
          .ifPresent(
              group ->
                  group.checkFetch(
                      Optional.of(request.memberId()).filter(id -> !id.isEmpty()),
                      request.generationId()));
    } catch (Refused wrongEpoch) {
      call.reply(request.refusal(wrongEpoch.error()));
      return;
    }
    Map<TopicPartition, FetchedOffset> fetched = new LinkedHashMap<>();
    if (groups.find(request.groupId()).isEmpty()) {
      // A group that made way may have left offsets: those are not to be read, yet what a
      // transaction may still commit is known to be unstable.
      for (TopicPartition id : request.partitions()) {
        fetched.put(id, unstable(request, id).orElse(nothing(ErrorCode.NONE)));
      }
    } else if (request.allPartitions()) {
      offsets.of(request.groupId()).keySet().forEach(id -> fetched.put(id, fetch(request, id)));
    } else {
      for (TopicPartition id : request.partitions()) {
        fetched.put(id, fetch(request, id));
      }
    }
    call.reply(new OffsetFetchResponse(ErrorCode.NONE, fetched));
  }

  private FetchedOffset fetch(OffsetFetchRequest request, TopicPartition id) {
    return unstable(request, id)
        .or(() -> offsets.get(request.groupId(), id).map(OffsetFetchApi::found))
        .orElse(nothing(ErrorCode.NONE));
  }

  private Optional<FetchedOffset> unstable(OffsetFetchRequest request, TopicPartition id) {
    return request.requireStable() && offsets.pending().contains(request.groupId(), id)
        ? Optional.of(nothing(ErrorCode.UNSTABLE_OFFSET_COMMIT))
        : Optional.empty();
  }

  private static FetchedOffset nothing(ErrorCode error) {
    return new FetchedOffset(error, -1, -1, "");
  }

  private static FetchedOffset found(OffsetToCommit offset) {
    return new FetchedOffset(
        ErrorCode.NONE, offset.offset(), offset.leaderEpoch(), offset.metadata());
  }
}
