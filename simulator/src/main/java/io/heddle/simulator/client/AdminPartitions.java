package io.heddle.simulator.client;

import io.heddle.simulator.protocol.DeleteRecordsRequest;
import io.heddle.simulator.protocol.DeleteRecordsResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListOffsetsRequest;
import io.heddle.simulator.protocol.ListOffsetsResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.admin.DeletedRecords;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidMetadataException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** An admin client's calls to the leaders of partitions. */
final class AdminPartitions {
  private final AdminCalls calls;

  AdminPartitions(AdminCalls calls) {
    this.calls = calls;
  }

  Map<TopicPartition, AdminOutcome<ListOffsetsResultInfo>> listOffsets(
      Map<TopicPartition, Long> timestamps, IsolationLevel isolation, @Nullable Integer timeoutMs) {
    return calls.run(
        "listOffsets",
        calls.deadline(timeoutMs),
        timestamps.keySet(),
        AdminRoute.toLeaderOfKnown(),
        new AdminStep<>(
            ListOffsetsResponse.class,
            true,
            keys -> new ListOffsetsRequest(isolation, only(keys, timestamps)),
            (response, call) ->
                response
                    .partitions()
                    .forEach(
                        (partition, found) -> {
                          ErrorCode error = found.error();
                          if (error == ErrorCode.NONE) {
                            call.done(partition, info(found));
                          } else if (error == ErrorCode.NOT_LEADER_OR_FOLLOWER
                              || error == ErrorCode.LEADER_NOT_AVAILABLE) {
                            call.moved(partition, error.exception());
                          } else if (error.exception() instanceof RetriableException retriable) {
                            call.again(partition, retriable);
                          } else {
                            call.failed(partition, error.exception());
                          }
                        })));
  }

  private static ListOffsetsResultInfo info(ListOffsetsResponse.PartitionOffset found) {
    return new ListOffsetsResultInfo(
        found.offset(),
        found.timestamp(),
        found.leaderEpoch() < 0 ? Optional.empty() : Optional.of(found.leaderEpoch()));
  }

  Map<TopicPartition, AdminOutcome<DeletedRecords>> deleteRecords(
      Map<TopicPartition, Long> offsets, @Nullable Integer timeoutMs) {
    return calls.run(
        "deleteRecords",
        calls.deadline(timeoutMs),
        offsets.keySet(),
        AdminRoute.toLeader(),
        new AdminStep<>(
            DeleteRecordsResponse.class,
            true,
            keys -> new DeleteRecordsRequest(only(keys, offsets)),
            (response, call) ->
                response
                    .partitions()
                    .forEach(
                        (partition, result) -> {
                          if (result.error() == ErrorCode.NONE) {
                            call.done(partition, new DeletedRecords(result.lowWatermark()));
                            return;
                          }
                          ApiException failure = result.error().exception();
                          if (failure instanceof InvalidMetadataException) {
                            call.moved(partition, failure);
                          } else if (failure instanceof RetriableException) {
                            call.again(partition, failure);
                          } else {
                            call.failed(partition, failure);
                          }
                        })));
  }

  private static Map<TopicPartition, Long> only(
      Collection<TopicPartition> keys, Map<TopicPartition, Long> values) {
    Map<TopicPartition, Long> only = new LinkedHashMap<>();
    keys.forEach(key -> only.put(key, Objects.requireNonNull(values.get(key))));
    return only;
  }
}
