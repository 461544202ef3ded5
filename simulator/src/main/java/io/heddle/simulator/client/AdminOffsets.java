package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.OffsetCommitResponse;
import io.heddle.simulator.protocol.OffsetDeleteRequest;
import io.heddle.simulator.protocol.OffsetDeleteResponse;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.OffsetFetchResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** An admin client's calls about the offsets that groups have committed. */
final class AdminOffsets {
  private final AdminCalls calls;

  AdminOffsets(AdminCalls calls) {
    this.calls = calls;
  }

  Map<String, AdminOutcome<Map<TopicPartition, OffsetAndMetadata>>> list(
      Map<String, ListConsumerGroupOffsetsSpec> specs,
      boolean requireStable,
      @Nullable Integer timeoutMs) {
    return calls.run(
        "listConsumerGroupOffsets",
        calls.deadline(timeoutMs),
        CallerOrder.byName(specs).keySet(),
        AdminRoute.toCoordinator(),
        new AdminStep<>(
            OffsetFetchResponse.class,
            false,
            keys -> request(keys.get(0), specs.get(keys.get(0)), requireStable),
            (response, call) -> {
              for (String group : call.unanswered()) {
                if (response.error() == ErrorCode.NONE) {
                  call.done(group, offsets(response));
                } else {
                  AdminGroups.readGroupError(group, response.error(), call);
                }
              }
            }));
  }

  private static OffsetFetchRequest request(
      String group, @Nullable ListConsumerGroupOffsetsSpec spec, boolean requireStable) {
    Collection<TopicPartition> partitions = spec == null ? null : spec.topicPartitions();
    return new OffsetFetchRequest(
        group,
        "",
        -1,
        partitions == null ? List.of() : CallerOrder.of(partitions, TopicPartition::toString),
        partitions == null,
        requireStable);
  }

  /** As kafka-clients has it: null where nothing is committed, nothing where there is an error. */
  private static Map<TopicPartition, OffsetAndMetadata> offsets(OffsetFetchResponse response) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
    response
        .partitions()
        .forEach(
            (partition, fetched) -> {
              if (fetched.error() == ErrorCode.NONE) {
                offsets.put(partition, fetched.offset() < 0 ? null : offset(fetched));
              }
            });
    return offsets;
  }

  private static OffsetAndMetadata offset(OffsetFetchResponse.FetchedOffset fetched) {
    return new OffsetAndMetadata(
        fetched.offset(),
        fetched.leaderEpoch() < 0 ? Optional.empty() : Optional.of(fetched.leaderEpoch()),
        fetched.metadata());
  }

  /** Commits as a consumer that is in no generation does; a group with members refuses that. */
  AdminOutcome<Map<TopicPartition, ErrorCode>> alter(
      String groupId, Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Integer timeoutMs) {
    Map<TopicPartition, OffsetToCommit> wanted = new LinkedHashMap<>();
    CallerOrder.byPartition(offsets)
        .forEach(
            (partition, offset) ->
                wanted.put(
                    partition,
                    new OffsetToCommit(
                        offset.offset(), offset.leaderEpoch().orElse(-1), offset.metadata())));
    return calls.runOne(
        "alterConsumerGroupOffsets",
        calls.deadline(timeoutMs),
        groupId,
        AdminRoute.toCoordinator(),
        new AdminStep<>(
            OffsetCommitResponse.class,
            false,
            keys -> new OffsetCommitRequest(groupId, -1, "", Optional.empty(), wanted),
            (response, call) -> readCommit(groupId, response.partitions(), call)));
  }

  private static void readCommit(
      String groupId,
      Map<TopicPartition, ErrorCode> results,
      AdminCall<String, Map<TopicPartition, ErrorCode>> call) {
    for (ErrorCode error : results.values()) {
      switch (error) {
        case COORDINATOR_LOAD_IN_PROGRESS, REBALANCE_IN_PROGRESS -> {
          call.again(groupId, error.exception());
          return;
        }
        case COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR -> {
          call.moved(groupId, error.exception());
          return;
        }
        default -> {}
      }
    }
    call.done(groupId, results);
  }

  AdminOutcome<Map<TopicPartition, ErrorCode>> delete(
      String groupId, Collection<TopicPartition> partitions, @Nullable Integer timeoutMs) {
    List<TopicPartition> wanted = CallerOrder.of(partitions, TopicPartition::toString);
    return calls.runOne(
        "deleteConsumerGroupOffsets",
        calls.deadline(timeoutMs),
        groupId,
        AdminRoute.toCoordinator(),
        new AdminStep<>(
            OffsetDeleteResponse.class,
            false,
            keys -> new OffsetDeleteRequest(groupId, wanted),
            (response, call) -> {
              if (response.error() == ErrorCode.NONE) {
                call.done(groupId, response.partitions());
              } else {
                AdminGroups.readGroupError(groupId, response.error(), call);
              }
            }));
  }
}
