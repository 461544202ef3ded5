package io.heddle.simulator.client;

import io.heddle.simulator.core.Timer;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListOffsetsRequest;
import io.heddle.simulator.protocol.ListOffsetsResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** Finds out where to start reading: at the committed offset, or where the reset policy says. */
final class Positions {
  private final ClientLink link;
  private final Subscriptions subscriptions;
  private final ClusterView cluster;
  private final ConsumerSettings settings;
  private final Optional<GroupSide> group;
  private final PositionValidation validation;
  private final Backoff backoff;
  private long failures;
  private @Nullable Timer pause;
  private Runnable afterPause = () -> {};
  private final Clock clock;
  private @Nullable RuntimeException failure;

  /** What is needed of the group, where there is one. */
  record GroupSide(CoordinatorLink coordinator, OffsetStore offsets) {}

  Positions(
      ClientLink link,
      Subscriptions subscriptions,
      ClusterView cluster,
      ConsumerSettings settings,
      Optional<GroupSide> group,
      Clock clock) {
    this.link = link;
    this.subscriptions = subscriptions;
    this.cluster = cluster;
    this.settings = settings;
    this.group = group;
    this.clock = clock;
    this.validation = new PositionValidation(link, subscriptions, cluster, settings);
    this.backoff = link.backoff(settings.times());
  }

  /**
   * Asks for whatever is missing. As in kafka-clients, committed offsets are waited for, other
   * offsets are not.
   *
   * @param deadlineNanos when the call ends on whose behalf this is done
   */
  void update(long deadlineNanos) {
    validation.update();
    if (!awaitCommitted(deadlineNanos)) {
      return;
    }
    Map<TopicPartition, Reset> resets = Map.of();
    for (PartitionState state : subscriptions.states()) {
      if (!state.lookingUp() && state.reset().isPresent()) {
        resets = resets.isEmpty() ? new LinkedHashMap<>() : resets;
        resets.put(state.partition(), state.reset().get());
      }
    }
    if (!resets.isEmpty()) {
      reset(resets);
    }
  }

  private boolean awaitCommitted(long deadlineNanos) {
    while (true) {
      RuntimeException failed = failure;
      if (failed != null) {
        failure = null;
        throw failed;
      }
      if (!lacksCommitted()) {
        return true;
      }
      List<PartitionState> missing =
          subscriptions.states().stream().filter(PartitionState::needsCommitted).toList();
      List<PartitionState> unasked = missing.stream().filter(state -> !state.lookingUp()).toList();
      if (!unasked.isEmpty()) {
        lookUpCommitted(unasked);
      }
      if (failure == null && lacksCommitted()) {
        if (link.now() >= deadlineNanos) {
          return false;
        }
        link.awaitProgress(deadlineNanos);
      }
    }
  }

  /**
   * Committed offsets that could not be read are asked for at once again, as for the first time.
   */
  void called() {
    failures = 0;
    if (pause != null) {
      pause.cancel();
      pause = null;
      afterPause.run();
    }
  }

  private boolean lacksCommitted() {
    for (PartitionState state : subscriptions.states()) {
      if (state.needsCommitted()) {
        return true;
      }
    }
    return false;
  }

  private void lookUpCommitted(List<PartitionState> states) {
    if (group.isEmpty()) {
      resetByPolicy(states);
      return;
    }
    GroupSide side = group.get();
    if (!side.coordinator().known()) {
      side.coordinator().lookUp();
      return;
    }
    Object question = ask(states);
    List<TopicPartition> partitions = states.stream().map(PartitionState::partition).toList();
    side.offsets()
        .fetch(
            partitions,
            offsets -> {
              failures = 0;
              start(states, question, offsets);
            },
            failed -> {
              pause(states, question);
              if (!(failed instanceof RetriableException)) {
                failure = failed;
              }
            });
  }

  private void start(
      List<PartitionState> states,
      Object question,
      Map<TopicPartition, Optional<OffsetAndMetadata>> offsets) {
    List<PartitionState> uncommitted = new ArrayList<>();
    for (PartitionState state : states) {
      if (!isCurrent(state) || !state.needsCommitted()) {
        continue;
      }
      state.lookedUp(question);
      Optional<OffsetAndMetadata> committed =
          offsets.getOrDefault(state.partition(), Optional.empty());
      if (committed.isPresent()) {
        state.seek(committed.get().offset(), committed.get().leaderEpoch());
      } else {
        uncommitted.add(state);
      }
    }
    resetByPolicy(uncommitted);
  }

  private void resetByPolicy(List<PartitionState> states) {
    if (states.isEmpty()) {
      return;
    }
    Optional<Reset> reset = settings.reset();
    if (reset.isPresent()) {
      states.forEach(state -> state.resetTo(reset.get()));
    } else {
      List<TopicPartition> partitions = states.stream().map(PartitionState::partition).toList();
      failure = new NoOffsetForPartitionException(partitions);
    }
  }

  private boolean isCurrent(PartitionState state) {
    return subscriptions.find(state.partition()) == state;
  }

  /** These are asked for from now on; returns what tells this time from others. */
  private static Object ask(List<PartitionState> states) {
    Object question = new Object();
    states.forEach(state -> state.lookUp(question));
    return question;
  }

  private void askAgain(List<PartitionState> states, Object question, long delayNanos) {
    if (!states.isEmpty()) {
      var unused = link.later(delayNanos, () -> states.forEach(state -> state.lookedUp(question)));
    }
  }

  /** The committed offsets of these are asked for again after a while. */
  private void pause(List<PartitionState> states, Object question) {
    afterPause = () -> states.forEach(state -> state.lookedUp(question));
    pause = link.later(backoff.nanos(failures++), afterPause);
  }

  private void reset(Map<TopicPartition, Reset> resets) {
    Map<TopicPartition, Long> timestamps = new LinkedHashMap<>();
    resets.forEach((partition, reset) -> timestamps.put(partition, timestamp(reset)));
    List<PartitionState> states = resets.keySet().stream().map(subscriptions::require).toList();
    Object question = ask(states);
    long asked = link.now();
    list(
        timestamps,
        found -> {
          List<PartitionState> again = new ArrayList<>();
          List<PartitionState> nowhere = new ArrayList<>();
          for (PartitionState state : states) {
            ListOffsetsResponse.PartitionOffset offset = found.get(state.partition());
            if (!isCurrent(state)
                || !state.reset().equals(Optional.ofNullable(resets.get(state.partition())))) {
              // Revoked, or sent elsewhere, while the request was under way.
              continue;
            }
            if (offset == null || offset.error() != ErrorCode.NONE) {
              cluster.invalidate();
              again.add(state);
            } else if (offset.offset() < 0) {
              nowhere.add(state);
            } else {
              // Without its epoch, as in Kafka: a position from a reset is not validated.
              state.seek(offset.offset(), Optional.empty());
              if (state.hasDelivered()) {
                link.tellSought(state.partition(), offset.offset());
              }
            }
          }
          askAgain(again, question, settings.times().retryBackoffNanos());
          // No record is so young. kafka-clients neither goes to the end then nor asks again
          // before this request would have timed out.
          askAgain(
              nowhere,
              question,
              Math.max(0, asked + settings.times().requestTimeoutNanos() - link.now()));
        });
  }

  private long timestamp(Reset reset) {
    try {
      return reset.timestamp(clock);
    } catch (DateTimeException | ArithmeticException beforeTime) {
      // What a background thread comes upon is wrapped, what poll comes upon itself is not.
      throw settings.group().consumerProtocol() ? new KafkaException(beforeTime) : beforeTime;
    }
  }

  /**
   * Looks offsets up by time at the partitions' leaders; {@code done} gets what was found, and may
   * miss partitions whose leader is not known or did not answer.
   */
  void list(
      Map<TopicPartition, Long> timestamps,
      Consumer<Map<TopicPartition, ListOffsetsResponse.PartitionOffset>> done) {
    Map<Integer, Map<TopicPartition, Long>> byBroker = new TreeMap<>();
    timestamps.forEach(
        (partition, timestamp) -> {
          Optional<ClusterView.Leader> leader = cluster.leader(partition);
          if (leader.isPresent()) {
            byBroker
                .computeIfAbsent(leader.get().broker(), broker -> new LinkedHashMap<>())
                .put(partition, timestamp);
          } else {
            cluster.want(List.of(partition.topic()));
            cluster.lack();
          }
        });
    Map<TopicPartition, ListOffsetsResponse.PartitionOffset> found = new LinkedHashMap<>();
    if (byBroker.isEmpty()) {
      done.accept(found);
      return;
    }
    int[] open = {byBroker.size()};
    Runnable oneLess =
        () -> {
          if (--open[0] == 0) {
            done.accept(found);
          }
        };
    byBroker.forEach(
        (broker, wanted) ->
            link.send(
                broker,
                new ListOffsetsRequest(settings.fetching().isolation(), wanted),
                ListOffsetsResponse.class,
                settings.times().requestTimeoutNanos(),
                response -> {
                  found.putAll(response.partitions());
                  oneLess.run();
                },
                oneLess));
  }

  /** What a blocking look-up retries with. */
  static boolean retriable(RuntimeException failed) {
    return failed instanceof RetriableException || failed instanceof DisconnectException;
  }
}
