package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FindCoordinatorRequest;
import io.heddle.simulator.protocol.FindCoordinatorResponse;
import io.heddle.simulator.protocol.MetadataRequest;
import io.heddle.simulator.protocol.MetadataResponse;
import io.heddle.simulator.protocol.MetadataResponse.PartitionMetadata;
import io.heddle.simulator.protocol.MetadataResponse.TopicMetadata;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.TopicPartition;

/** How a call finds the broker that can answer for a key. */
sealed interface AdminRoute<K, V> {
  /** Each can. */
  record AnyBroker<K, V>() implements AdminRoute<K, V> {}

  /** The key says which. */
  record Given<K, V>(ToIntFunction<K> broker) implements AdminRoute<K, V> {}

  /** Any broker knows which. */
  record Asked<K, V>(AdminStep<K, V, ?> step) implements AdminRoute<K, V> {}

  /** To the partition's leader; a partition that does not exist may come to exist in time. */
  static <V> AdminRoute<TopicPartition, V> toLeader() {
    return toLeader(false);
  }

  /** To the partition's leader; fails at once if its topic does not exist. */
  static <V> AdminRoute<TopicPartition, V> toLeaderOfKnown() {
    return toLeader(true);
  }

  private static <V> AdminRoute<TopicPartition, V> toLeader(boolean mustBeKnown) {
    return new Asked<>(
        new AdminStep<>(
            MetadataResponse.class,
            true,
            keys ->
                new MetadataRequest(
                    keys.stream().map(TopicPartition::topic).distinct().toList(), false, false),
            (response, call) -> {
              for (TopicMetadata topic : response.topics()) {
                readLeaders(topic, mustBeKnown, call);
              }
            }));
  }

  private static void readLeaders(
      TopicMetadata topic, boolean mustBeKnown, AdminCall<TopicPartition, ?> call) {
    switch (topic.error()) {
      case NONE -> {
        for (PartitionMetadata partition : topic.partitions()) {
          if (partition.error() == ErrorCode.NONE && partition.leaderId() >= 0) {
            call.found(
                new TopicPartition(topic.name(), partition.partition()), partition.leaderId());
          }
        }
      }
      case UNKNOWN_TOPIC_OR_PARTITION -> {
        if (mustBeKnown) {
          failAll(
              topic, " because metadata for topic `" + topic.name() + "` could not be found", call);
        }
      }
      // Whatever is not found is asked for again.
      case LEADER_NOT_AVAILABLE -> {}
      default -> failAll(topic, " due to unexpected error for topic `" + topic.name() + "`", call);
    }
  }

  private static void failAll(TopicMetadata topic, String why, AdminCall<TopicPartition, ?> call) {
    for (TopicPartition partition : call.unanswered()) {
      if (partition.topic().equals(topic.name())) {
        String what = "Failed to fetch metadata for partition " + partition + why;
        call.failed(partition, topic.error().exception(what));
      }
    }
  }

  /** To the group's coordinator. */
  static <V> AdminRoute<String, V> toCoordinator() {
    return toCoordinator(FindCoordinatorRequest.KeyType.GROUP);
  }

  /** To the coordinator of the group or transactional id. */
  static <V> AdminRoute<String, V> toCoordinator(FindCoordinatorRequest.KeyType type) {
    return new Asked<>(
        new AdminStep<>(
            FindCoordinatorResponse.class,
            false,
            keys -> new FindCoordinatorRequest(type, keys.get(0)),
            (response, call) -> {
              for (String group : List.copyOf(call.unanswered())) {
                readCoordinator(response, group, call);
              }
            }));
  }

  private static void readCoordinator(
      FindCoordinatorResponse response, String group, AdminCall<String, ?> call) {
    switch (response.error()) {
      case NONE -> call.found(group, response.nodeId());
      case COORDINATOR_NOT_AVAILABLE, COORDINATOR_LOAD_IN_PROGRESS -> {}
      default ->
          call.failed(
              group,
              response
                  .error()
                  .exception(
                      "FindCoordinator request for key `"
                          + group
                          + "` failed due to an unexpected error"));
    }
  }
}
