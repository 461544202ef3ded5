package io.heddle.simulator.client;

import io.heddle.simulator.core.Timer;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListOffsetsRequest;
import io.heddle.simulator.protocol.ListOffsetsResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
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
  private final @Nullable PositionUpdates updates;
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
    this.updates =
        settings.group().consumerProtocol() ? new PositionUpdates(link, this, settings) : null;
  }

  /** What looks for positions in the background, which only the consumer protocol's clients do. */
  @Nullable PositionUpdates updates() {
    return updates;
  }

  /**
   * What a call does, again and again, that waits for a position: throws why there is none.
   *
   * @param deadlineNanos when that call ends
   */
  Runnable looking(long deadlineNanos) {
    return updates == null ? () -> update(deadlineNanos) : updates.looking(deadlineNanos);
  }

  void validate() {
    validation.update();
  }

  boolean hasGroup() {
    return group.isPresent();
  }

  /** What needs a committed offset to start at, in order. */
  List<TopicPartition> starting() {
    List<TopicPartition> starting = List.of();
    for (PartitionState state : subscriptions.states()) {
      if (state.starting()) {
        starting = starting.isEmpty() ? new ArrayList<>() : starting;
        starting.add(state.partition());
      }
    }
    return starting.isEmpty() ? starting : Subscriptions.sorted(starting);
  }

  /** Goes on when the coordinator is known, or could not be found. */
  void whenCoordinatorKnown(Consumer<Boolean> then) {
    CoordinatorLink coordinator = group.orElseThrow().coordinator();
    if (coordinator.known()) {
      then.accept(true);
    } else {
      coordinator.lookUp(then);
    }
  }

  /** Reads what the group has committed. */
  void committed(
      List<TopicPartition> partitions,
      Consumer<Map<TopicPartition, Optional<OffsetAndMetadata>>> done,
      Consumer<RuntimeException> failed) {
    group.orElseThrow().offsets().fetch(partitions, done, failed);
  }

  /** Starts at these offsets what has nowhere to start yet. */
  void startAt(Map<TopicPartition, Optional<OffsetAndMetadata>> offsets) {
    offsets.forEach(
        (partition, offset) -> {
          PartitionState state = subscriptions.find(partition);
          if (state != null && state.starting() && offset.isPresent()) {
            state.seek(offset.get().offset(), offset.get().leaderEpoch());
          }
        });
  }

  /**
   * Sends those of them that have nowhere to start where the policy says.
   *
   * @throws NoOffsetForPartitionException if it says nothing
   */
  void resetByPolicy(Collection<TopicPartition> partitions) {
    List<PartitionState> lost = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      PartitionState state = subscriptions.find(partition);
      if (state != null && state.starting()) {
        lost.add(state);
      }
    }
    resetByPolicy(lost)
        .ifPresent(
            none -> {
              throw none;
            });
  }

  /**
   * Asks for whatever is missing, by the classic protocol. As in kafka-clients, committed offsets
   * are waited for, other offsets are not.
   *
   * @param deadlineNanos when the call ends on whose behalf this is done
   */
  void update(long deadlineNanos) {
    validate();
    if (awaitCommitted(deadlineNanos)) {
      resetWhereWanted(() -> {});
    }
  }

  /** Looks up where partitions are that are to go somewhere; goes on when there is an answer. */
  void resetWhereWanted(Runnable then) {
    Map<TopicPartition, Reset> resets = Map.of();
    for (PartitionState state : subscriptions.states()) {
      if (!state.lookingUp() && state.reset().isPresent()) {
        resets = resets.isEmpty() ? new LinkedHashMap<>() : resets;
        resets.put(state.partition(), state.reset().get());
      }
    }
    if (resets.isEmpty()) {
      then.run();
    } else {
      reset(resets, then);
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
      resetByPolicy(states).ifPresent(none -> failure = none);
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
    resetByPolicy(uncommitted).ifPresent(none -> failure = none);
  }

  private Optional<RuntimeException> resetByPolicy(List<PartitionState> states) {
    Optional<Reset> reset = settings.reset();
    if (states.isEmpty() || reset.isPresent()) {
      states.forEach(state -> state.resetTo(reset.orElseThrow()));
      return Optional.empty();
    }
    return Optional.of(
        new NoOffsetForPartitionException(states.stream().map(PartitionState::partition).toList()));
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

  private void reset(Map<TopicPartition, Reset> resets, Runnable then) {
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
          then.run();
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
}
