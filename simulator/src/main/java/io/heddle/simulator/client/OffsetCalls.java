package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListOffsetsResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** What the application calls about positions, committed offsets and logs. */
final class OffsetCalls {
  private final ConsumerCore<?, ?> core;

  OffsetCalls(ConsumerCore<?, ?> core) {
    this.core = core;
  }

  static void notNegative(long offset) {
    if (offset < 0) {
      throw new IllegalArgumentException("seek offset must not be a negative number");
    }
  }

  /** Moves these partitions, or all if none is named, to that end. */
  void seek(Collection<TopicPartition> partitions, Reset.End end) {
    Collection<TopicPartition> wanted =
        partitions.isEmpty() ? core.subscriptions.partitions() : partitions;
    wanted.forEach(each -> core.subscriptions.require(each).resetTo(end));
  }

  OptionalLong currentLag(TopicPartition partition) {
    PartitionState state = core.subscriptions.require(partition);
    return !state.positioned() || state.end() < 0
        ? OptionalLong.empty()
        : OptionalLong.of(state.end() - state.position());
  }

  long position(TopicPartition partition, Duration timeout) {
    PartitionState state = core.subscriptions.find(partition);
    if (state == null) {
      throw new IllegalStateException(
          "You can only check the position for partitions assigned to this consumer.");
    }
    long deadline = core.deadline(timeout);
    await(
        state::valid,
        deadline,
        core.positions.looking(deadline),
        () ->
            "Timeout of "
                + timeout.toMillis()
                + "ms expired before the position for partition "
                + partition
                + " could be determined");
    return state.position();
  }

  private void await(
      BooleanSupplier done, long deadlineNanos, Runnable step, Supplier<String> timedOut) {
    while (!done.getAsBoolean()) {
      core.cluster.update();
      step.run();
      if (done.getAsBoolean()) {
        return;
      }
      if (core.link.now() >= deadlineNanos) {
        throw new TimeoutException(timedOut.get());
      }
      core.link.awaitProgress(deadlineNanos);
    }
  }

  Map<TopicPartition, OffsetAndMetadata> committed(
      Set<TopicPartition> partitions, Duration timeout) {
    long began = core.link.now();
    try {
      return lookUpCommitted(partitions, timeout);
    } finally {
      core.metrics.committedTook(core.link.now() - began);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> lookUpCommitted(
      Set<TopicPartition> partitions, Duration timeout) {
    ConsumerCore.GroupParts parts = core.group();
    if (partitions.isEmpty()) {
      return Map.of();
    }
    BlockingLookup<Map<TopicPartition, Optional<OffsetAndMetadata>>> lookup =
        BlockingLookup.patient(core.link, core.settings.times());
    Map<TopicPartition, Optional<OffsetAndMetadata>> found =
        lookup.await(
            core.deadline(timeout),
            () -> {
              parts.coordinator().lookUp();
              return parts.coordinator().known();
            },
            (done, failed) -> parts.offsets().fetch(Subscriptions.sorted(partitions), done, failed),
            "Timeout of "
                + timeout.toMillis()
                + "ms expired before the last committed offset for partitions "
                + partitions
                + " could be determined. Try tuning default.api.timeout.ms larger to relax"
                + " the threshold.");
    Map<TopicPartition, OffsetAndMetadata> committed = new LinkedHashMap<>();
    found.forEach((partition, offset) -> committed.put(partition, offset.orElse(null)));
    return committed;
  }

  Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> timestamps, Duration timeout) {
    timestamps.forEach(
        (partition, timestamp) -> {
          if (timestamp < 0) {
            throw new IllegalArgumentException(
                "The target time for partition "
                    + partition
                    + " is "
                    + timestamp
                    + ". The target time cannot be negative.");
          }
        });
    Map<TopicPartition, OffsetAndTimestamp> result = new LinkedHashMap<>();
    list(timestamps, timeout)
        .forEach(
            (partition, found) ->
                result.put(
                    partition,
                    found.offset() < 0
                        ? null
                        : new OffsetAndTimestamp(
                            found.offset(), found.timestamp(), Optional.of(found.leaderEpoch()))));
    return result;
  }

  Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions, long timestamp, Duration timeout) {
    Map<TopicPartition, Long> wanted = new LinkedHashMap<>();
    partitions.forEach(partition -> wanted.put(partition, timestamp));
    Map<TopicPartition, Long> result = new LinkedHashMap<>();
    list(wanted, timeout).forEach((partition, found) -> result.put(partition, found.offset()));
    return result;
  }

  private Map<TopicPartition, ListOffsetsResponse.PartitionOffset> list(
      Map<TopicPartition, Long> timestamps, Duration timeout) {
    Set<String> topics = new LinkedHashSet<>();
    timestamps.keySet().forEach(partition -> topics.add(partition.topic()));
    core.cluster.want(topics);
    BlockingLookup<Map<TopicPartition, ListOffsetsResponse.PartitionOffset>> lookup =
        new BlockingLookup<>(
            // As in kafka-clients, there is no other wait than for news of the cluster.
            core.link, (failures, askAgain) -> core.cluster.whenFresh(topics, askAgain));
    return lookup.await(
        core.deadline(timeout),
        () -> {
          boolean known =
              timestamps.keySet().stream().allMatch(it -> core.cluster.leader(it).isPresent());
          if (!known) {
            core.cluster.lack();
          }
          core.cluster.update();
          return known;
        },
        (done, failed) ->
            core.positions.list(
                timestamps,
                found -> {
                  for (TopicPartition partition : timestamps.keySet()) {
                    ListOffsetsResponse.PartitionOffset offset = found.get(partition);
                    if (offset == null || offset.error() != ErrorCode.NONE) {
                      core.cluster.invalidate();
                      failed.accept(
                          offset == null
                              ? ErrorCode.NETWORK_EXCEPTION.exception()
                              : offset.error().exception());
                      return;
                    }
                  }
                  done.accept(found);
                }),
        "Failed to get offsets by times in " + timeout.toMillis() + "ms");
  }
}
