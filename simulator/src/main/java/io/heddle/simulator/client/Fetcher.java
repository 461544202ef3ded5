package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FetchRequest;
import io.heddle.simulator.protocol.FetchResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Keeps one fetch under way to each broker that leads a partition which has nothing buffered. */
final class Fetcher {
  private final ClientLink link;
  private final Subscriptions subscriptions;
  private final ClusterView cluster;
  private final ConsumerSettings settings;
  private final FetchMetrics metrics;
  private final Map<TopicPartition, Long> outOfRange = new LinkedHashMap<>();
  private final TreeSet<Integer> busy = new TreeSet<>();
  // In the order in which it came; what a poll has passed over since is for the next one.
  private final Deque<Arrival> arrived = new ArrayDeque<>();
  private final List<Arrival> passedOver = new ArrayList<>();
  private @Nullable RuntimeException failure;

  /** What a fetch has brought of a partition. */
  private record Arrival(PartitionState state, FetchedPart part) {
    boolean isOver() {
      return !state.has(part);
    }
  }

  Fetcher(
      ClientLink link,
      Subscriptions subscriptions,
      ClusterView cluster,
      ConsumerSettings settings,
      FetchMetrics metrics) {
    this.link = link;
    this.subscriptions = subscriptions;
    this.cluster = cluster;
    this.settings = settings;
    this.metrics = metrics;
  }

  /** Asks for more where there is nothing to deliver. */
  void sendFetches() {
    metrics.assigned();
    if (!outOfRange.isEmpty()) {
      outOfRange.entrySet().removeIf(each -> !isAt(each.getKey(), each.getValue()));
    }
    Map<Integer, Map<TopicPartition, FetchRequest.FetchPartition>> byBroker = Map.of();
    for (PartitionState state : subscriptions.states()) {
      if (!state.fetchable() || outOfRange.containsKey(state.partition())) {
        continue;
      }
      Optional<ClusterView.Leader> leader = leader(state);
      if (leader.isEmpty()) {
        cluster.want(List.of(state.partition().topic()));
        cluster.invalidate();
      } else if (!busy.contains(leader.get().broker())) {
        // Most polls come while a fetch is under way, and make nothing.
        byBroker = byBroker.isEmpty() ? new TreeMap<>() : byBroker;
        byBroker
            .computeIfAbsent(leader.get().broker(), broker -> new LinkedHashMap<>())
            .put(
                state.partition(),
                new FetchRequest.FetchPartition(
                    // The topic's id is the one that is known last, whatever leader that was with.
                    cluster.leader(state.partition()).orElse(leader.get()).topicId(),
                    state.position(),
                    leader.get().epoch(),
                    // Only followers say which epoch they have read last.
                    -1,
                    settings.fetching().partitionMaxBytes()));
      }
    }
    byBroker.forEach(this::send);
  }

  /**
   * The leader that the position goes with, as in kafka-clients. One that is new has to be asked
   * first whether it has what was read last, and a member that is joining its group asks nobody.
   */
  private Optional<ClusterView.Leader> leader(PartitionState state) {
    if (state.leader().isEmpty()) {
      cluster.leader(state.partition()).ifPresent(state::readFrom);
    }
    return state.leader();
  }

  private void send(int broker, Map<TopicPartition, FetchRequest.FetchPartition> partitions) {
    busy.add(broker);
    ConsumerSettings.Fetching fetching = settings.fetching();
    long sentMs = metrics.nowMs();
    link.send(
        broker,
        new FetchRequest(
            fetching.maxWaitMs(),
            fetching.minBytes(),
            fetching.maxBytes(),
            fetching.isolation(),
            partitions),
        FetchResponse.class,
        settings.times().requestTimeoutNanos(),
        response -> {
          metrics.answered(sentMs);
          FetchedPart.Whole whole = new FetchedPart.Whole(metrics);
          partitions.forEach(
              (partition, wanted) -> {
                FetchResponse.PartitionData data = response.partitions().get(partition);
                if (data != null) {
                  take(partition, data, wanted.fetchOffset(), whole);
                }
              });
          busy.remove(broker);
        },
        () -> {
          busy.remove(broker);
          cluster.invalidate();
        });
  }

  private void take(
      TopicPartition partition,
      FetchResponse.PartitionData data,
      long offset,
      FetchedPart.Whole whole) {
    PartitionState state = subscriptions.find(partition);
    if (state == null || !state.valid() || state.position() != offset) {
      // Revoked, or sought elsewhere, while the fetch was under way.
      new FetchedPart(whole, partition.topic(), null).over();
      return;
    }
    if (data.error() != ErrorCode.NONE) {
      new FetchedPart(whole, partition.topic(), null).over();
      subscriptions.askLast(state);
    }
    switch (data.error()) {
      case NONE -> {
        IsolationLevel isolation = settings.fetching().isolation();
        boolean committed = isolation == IsolationLevel.READ_COMMITTED;
        boolean news =
            state.bounds(
                data.logStartOffset(), committed ? data.lastStableOffset() : data.highWatermark());
        if (!data.batches().isEmpty()) {
          FetchedPart part = new FetchedPart(whole, partition.topic(), state);
          state.fetched(FetchedBatch.visible(data, isolation), part);
          arrived.add(new Arrival(state, part));
        } else if (news) {
          // Kafka says nothing of a partition that is as it was.
          new FetchedPart(whole, partition.topic(), state).notSeenYet().over();
        }
      }
      case OFFSET_OUT_OF_RANGE -> outOfRange(state);
      case NOT_LEADER_OR_FOLLOWER, FENCED_LEADER_EPOCH -> cluster.leaderHasMoved();
      case UNKNOWN_LEADER_EPOCH,
          UNKNOWN_TOPIC_OR_PARTITION,
          UNKNOWN_TOPIC_ID,
          KAFKA_STORAGE_ERROR,
          OFFSET_NOT_AVAILABLE,
          LEADER_NOT_AVAILABLE ->
          cluster.invalidate();
      default -> failure = data.error().exception();
    }
  }

  private void outOfRange(PartitionState state) {
    settings
        .reset()
        .ifPresentOrElse(
            state::resetTo,
            // The application is told of it when its turn comes.
            () -> outOfRange.put(state.partition(), state.position()));
  }

  /** Tells of a partition whose position is not there; only when nothing else can be told of. */
  void throwFirstOutOfRange() {
    while (!outOfRange.isEmpty()) {
      TopicPartition partition = outOfRange.keySet().iterator().next();
      long offset = outOfRange.remove(partition);
      if (isAt(partition, offset)) {
        throw new OffsetOutOfRangeException(
            "Fetch position " + offset + " is out of range for partition " + partition,
            Map.of(partition, offset));
      }
    }
  }

  private boolean isAt(TopicPartition partition, long offset) {
    PartitionState state = subscriptions.find(partition);
    return state != null && state.valid() && state.position() == offset;
  }

  /** A poll begins to take what has come; throws what a fetch has failed with, once. */
  void begin() {
    arrived.addAll(passedOver);
    passedOver.clear();
    RuntimeException failed = failure;
    if (failed != null) {
      failure = null;
      throw failed;
    }
  }

  /**
   * The partition whose turn it is, if any has something for the application: what was fetched
   * first, and of one partition until nothing is left of it. One that is paused is passed over, and
   * comes behind all others from the next poll on, as in kafka-clients.
   */
  @Nullable PartitionState next() {
    for (Arrival first = arrived.peek(); first != null; first = arrived.peek()) {
      if (first.state.deliverable() && !first.isOver()) {
        return first.state;
      }
      leave(arrived.remove());
    }
    return null;
  }

  private void leave(Arrival arrival) {
    if (!arrival.isOver()) {
      passedOver.add(arrival);
    } else if (arrival.part.hasBeenRead()) {
      subscriptions.askLast(arrival.state);
    }
  }

  /**
   * A poll has taken what it takes: whoever has nothing left now is asked for behind the others.
   */
  void end() {
    if (!arrived.isEmpty() && arrived.element().isOver()) {
      leave(arrived.remove());
    }
  }
}
