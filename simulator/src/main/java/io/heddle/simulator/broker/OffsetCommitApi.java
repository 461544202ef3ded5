package io.heddle.simulator.broker;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.OffsetCommitResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits offsets.
 *
 * <p>Models: the checks of generation, member and instance in each state of a group; simple groups,
 * which come into being with their first commit; unknown topics and partitions; notes that are too
 * long; the session that a commit prolongs in a stable group or one that prepares a rebalance. An
 * unknown group is answered as since version 9, with GROUP_ID_NOT_FOUND. In consumer groups the
 * member's epoch has to be current, or as old as its possession of each partition at least
 * (KIP-1251).
 *
 * <p>Does not model: topic ids, the expiry of offsets and of empty groups, the time in which the
 * coordinator writes a commit down.
 */
final class OffsetCommitApi implements RequestHandler<OffsetCommitRequest> {
  private final Coordinators coordinators;
  private final GroupCoordinator coordinator;
  private final Topics topics;
  private final OffsetStore offsets;
  private final Surroundings surroundings;
  private final int maxMetadataBytes;

  OffsetCommitApi(
      Coordinators coordinators,
      GroupCoordinator coordinator,
      Topics topics,
      OffsetStore offsets,
      Surroundings surroundings,
      int maxMetadataBytes) {
    this.coordinators = coordinators;
    this.coordinator = coordinator;
    this.topics = topics;
    this.offsets = offsets;
    this.surroundings = surroundings;
    this.maxMetadataBytes = maxMetadataBytes;
  }

  @Override
  public void handle(Call call, OffsetCommitRequest request) {
    // The broker looks at the partitions before it asks the coordinator, and only if one is left.
    boolean anyKnown =
        request.offsets().keySet().stream().anyMatch(id -> topics.find(id).isPresent());
    ErrorCode error = anyKnown ? admit(call.brokerId(), request) : ErrorCode.NONE;
    Map<TopicPartition, ErrorCode> results = new LinkedHashMap<>();
    request
        .offsets()
        .forEach(
            (id, offset) -> {
              if (topics.find(id).isEmpty()) {
                results.put(id, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
              } else if (error != ErrorCode.NONE) {
                results.put(id, error);
              } else {
                results.put(id, commit(call, request, id, offset));
              }
            });
    call.reply(new OffsetCommitResponse(results));
  }

  private ErrorCode admit(int brokerId, OffsetCommitRequest request) {
    ErrorCode refused = coordinators.check(brokerId, request.groupId());
    if (refused != ErrorCode.NONE) {
      return refused;
    }
    Groups groups = coordinator.groups();
    Group group = groups.find(request.groupId()).orElse(null);
    if (group == null) {
      if (request.generationId() >= 0) {
        return ErrorCode.GROUP_ID_NOT_FOUND;
      }
      group = groups.findOrCreate(request.groupId());
    }
    ErrorCode error = check(group, request);
    if (error == ErrorCode.NONE
        && group instanceof ClassicGroup classic
        && (classic.is(GroupState.STABLE) || classic.is(GroupState.PREPARING_REBALANCE))) {
      coordinator.restartSession(classic, classic.member(request.memberId()));
    }
    return error;
  }

  /** One partition that may not be committed, and none is. */
  private ErrorCode check(Group group, OffsetCommitRequest request) {
    try {
      Group.CommitCheck check =
          group.checkCommit(
              request.memberId(), request.groupInstanceId(), request.generationId(), false);
      return request.offsets().entrySet().stream()
          .filter(it -> topics.find(it.getKey()).isPresent())
          .filter(it -> it.getValue().metadata().length() <= maxMetadataBytes)
          .map(it -> check.check(it.getKey()))
          .filter(error -> error != ErrorCode.NONE)
          .findFirst()
          .orElse(ErrorCode.NONE);
    } catch (Refused refused) {
      return refused.error();
    }
  }

  private ErrorCode commit(
      Call call, OffsetCommitRequest request, TopicPartition id, OffsetToCommit offset) {
    if (offset.metadata().length() > maxMetadataBytes) {
      return ErrorCode.OFFSET_METADATA_TOO_LARGE;
    }
    offsets.put(request.groupId(), id, offset);
    surroundings.record(
        new Fact.Committed(
            surroundings.nanoTime(),
            request.groupId(),
            call.caller().member(),
            request.generationId(),
            id,
            offset.offset(),
            offset.leaderEpoch(),
            offset.metadata(),
            call.caller().givenUp()));
    return ErrorCode.NONE;
  }
}
