package io.heddle.simulator.client;

import io.heddle.simulator.client.PartitionState.Validation;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.OffsetForLeaderEpochRequest;
import io.heddle.simulator.protocol.OffsetForLeaderEpochRequest.EpochAsked;
import io.heddle.simulator.protocol.OffsetForLeaderEpochResponse;
import io.heddle.simulator.protocol.OffsetForLeaderEpochResponse.EpochEnd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Asks new leaders whether they have what was read last, and goes back if not (KIP-320). Only a
 * position with the epoch of its record can be asked about: not one that was reset or sought
 * without.
 */
final class PositionValidation {
  private final ClientLink link;
  private final Subscriptions subscriptions;
  private final ClusterView cluster;
  private final ConsumerSettings settings;
  private long seenVersion = -1;
  private @Nullable RuntimeException failure;

  PositionValidation(
      ClientLink link,
      Subscriptions subscriptions,
      ClusterView cluster,
      ConsumerSettings settings) {
    this.link = link;
    this.subscriptions = subscriptions;
    this.cluster = cluster;
    this.settings = settings;
  }

  /** Looks at the leaders if they may have changed, and asks them. */
  void update() {
    RuntimeException failed = failure;
    if (failed != null) {
      failure = null;
      throw failed;
    }
    boolean news = seenVersion != cluster.version();
    seenVersion = cluster.version();
    Map<Integer, Map<TopicPartition, EpochAsked>> byBroker = Map.of();
    for (PartitionState state : subscriptions.states()) {
      Optional<ClusterView.Leader> leader = Optional.empty();
      if (news || state.leaderUnknown() || state.validation() != Validation.DONE) {
        leader = cluster.leader(state.partition());
        state.led(leader);
      }
      if (leader.isPresent() && state.validation() == Validation.WANTED) {
        byBroker = byBroker.isEmpty() ? new TreeMap<>() : byBroker;
        byBroker
            .computeIfAbsent(leader.get().broker(), broker -> new LinkedHashMap<>())
            .put(
                state.partition(),
                new EpochAsked(leader.get().epoch(), state.lastEpoch().orElseThrow()));
      }
    }
    byBroker.forEach(this::ask);
  }

  private void ask(int broker, Map<TopicPartition, EpochAsked> asked) {
    Map<TopicPartition, Long> positions = new LinkedHashMap<>();
    for (TopicPartition partition : asked.keySet()) {
      PartitionState state = subscriptions.require(partition);
      state.validation(Validation.ASKED);
      positions.put(partition, state.position());
    }
    link.send(
        broker,
        new OffsetForLeaderEpochRequest(asked),
        OffsetForLeaderEpochResponse.class,
        settings.times().requestTimeoutNanos(),
        response -> answered(asked, positions, response),
        () -> {
          cluster.invalidate();
          askAgainLater(List.copyOf(positions.keySet()), settings.times().retryBackoffNanos());
        });
  }

  private void answered(
      Map<TopicPartition, EpochAsked> asked,
      Map<TopicPartition, Long> positions,
      OffsetForLeaderEpochResponse response) {
    List<TopicPartition> again = new java.util.ArrayList<>();
    Map<TopicPartition, Long> truncated = new LinkedHashMap<>();
    Map<TopicPartition, OffsetAndMetadata> diverging = new LinkedHashMap<>();
    positions.forEach(
        (partition, position) -> {
          EpochEnd end = response.partitions().get(partition);
          PartitionState state = subscriptions.find(partition);
          boolean current =
              state != null
                  && state.validation() == Validation.ASKED
                  && state.position() == position
                  && isOfLeader(state, asked.get(partition));
          if (end == null || state == null || !current) {
            return;
          }
          if (end.error() != ErrorCode.NONE) {
            again.add(partition);
          } else if (end.leaderEpoch() >= 0 && end.endOffset() >= position) {
            state.validation(Validation.DONE);
          } else if (settings.reset().isEmpty()) {
            truncated.put(partition, position);
            if (end.leaderEpoch() >= 0) {
              diverging.put(
                  partition,
                  new OffsetAndMetadata(end.endOffset(), Optional.of(end.leaderEpoch()), ""));
            }
          } else {
            goBack(state, end);
          }
        });
    if (!again.isEmpty()) {
      cluster.invalidate();
      askAgainLater(again, settings.times().retryBackoffNanos());
    }
    if (!truncated.isEmpty()) {
      failure = new LogTruncationException(truncated, diverging);
      askAgainLater(List.copyOf(truncated.keySet()), settings.times().requestTimeoutNanos());
    }
  }

  /** Whether who was asked still leads: what an earlier leader says does not count. */
  private static boolean isOfLeader(PartitionState state, @Nullable EpochAsked asked) {
    return asked != null
        && state.leader().filter(it -> it.epoch() == asked.currentLeaderEpoch()).isPresent();
  }

  private void goBack(PartitionState state, EpochEnd end) {
    if (end.leaderEpoch() >= 0) {
      state.seekBack(end.endOffset(), end.leaderEpoch());
      link.tellSought(state.partition(), end.endOffset());
    } else {
      settings.reset().ifPresent(state::resetTo);
    }
  }

  private void askAgainLater(List<TopicPartition> partitions, long delayNanos) {
    var unused =
        link.later(
            delayNanos,
            () -> {
              for (TopicPartition partition : partitions) {
                PartitionState state = subscriptions.find(partition);
                if (state != null && state.validation() == Validation.ASKED) {
                  state.validation(Validation.WANTED);
                }
              }
            });
  }
}
