package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatResponse;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;

/** A hand-driven member of the consumer group {@code g}, which owns what it is told to own. */
final class AssignedMember {
  static final String GROUP = "g";

  private final TestCluster test;
  private final Caller caller;
  private final Optional<String> instanceId;
  String memberId;
  private Optional<List<String>> topics = Optional.of(List.of("orders"));
  private Optional<String> regex = Optional.empty();
  private Optional<String> assignor = Optional.empty();
  private int rebalanceMs = 60_000;
  int epoch;
  Map<Uuid, List<Integer>> owned = Map.of();

  AssignedMember(TestCluster test, String memberId) {
    this(test, memberId, Optional.empty());
  }

  AssignedMember(TestCluster test, String memberId, Optional<String> instanceId) {
    this.test = test;
    this.caller = TestCluster.caller(memberId);
    this.memberId = memberId;
    this.instanceId = instanceId;
  }

  AssignedMember on(String... names) {
    topics = Optional.of(List.of(names));
    return this;
  }

  AssignedMember onPattern(String pattern) {
    topics = Optional.empty();
    regex = Optional.of(pattern);
    return this;
  }

  AssignedMember wanting(String name) {
    assignor = Optional.of(name);
    return this;
  }

  AssignedMember givingUpWithin(int millis) {
    rebalanceMs = millis;
    return this;
  }

  ConsumerGroupHeartbeatResponse ask(ConsumerGroupHeartbeatRequest request) {
    return test.ask(
            test.cluster.coordinatorOf(GROUP),
            caller,
            request,
            ConsumerGroupHeartbeatResponse.class)
        .get();
  }

  /** Joins, or joins again, and owns what it is told. */
  ConsumerGroupHeartbeatResponse join() {
    owned = Map.of();
    return take(
        ask(
            new ConsumerGroupHeartbeatRequest(
                GROUP,
                memberId,
                0,
                instanceId,
                Optional.empty(),
                rebalanceMs,
                topics,
                regex,
                assignor,
                Optional.of(Map.of()))));
  }

  /** A heartbeat without news. */
  ConsumerGroupHeartbeatResponse beat() {
    return take(ask(delta(Optional.empty(), Optional.empty())));
  }

  /** A heartbeat that tells what it owns. */
  ConsumerGroupHeartbeatResponse beatOwning() {
    return take(ask(delta(Optional.empty(), Optional.of(owned))));
  }

  /** A heartbeat that tells of another subscription. */
  ConsumerGroupHeartbeatResponse subscribe(String... names) {
    return take(ask(delta(Optional.of(List.of(names)), Optional.empty())));
  }

  /** A heartbeat that tells of another pattern. */
  ConsumerGroupHeartbeatResponse subscribePattern(String pattern) {
    return take(
        ask(
            new ConsumerGroupHeartbeatRequest(
                GROUP,
                memberId,
                epoch,
                instanceId,
                Optional.empty(),
                -1,
                Optional.empty(),
                Optional.of(pattern),
                Optional.empty(),
                Optional.empty())));
  }

  /** A request of that epoch, which changes nothing here. */
  ConsumerGroupHeartbeatRequest of(int otherEpoch, Map<Uuid, List<Integer>> owning) {
    return new ConsumerGroupHeartbeatRequest(
        GROUP,
        memberId,
        otherEpoch,
        instanceId,
        Optional.empty(),
        -1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(owning));
  }

  ConsumerGroupHeartbeatResponse leave(int leaveEpoch) {
    return ask(
        new ConsumerGroupHeartbeatRequest(
            GROUP,
            memberId,
            leaveEpoch,
            instanceId,
            Optional.empty(),
            -1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private ConsumerGroupHeartbeatRequest delta(
      Optional<List<String>> names, Optional<Map<Uuid, List<Integer>>> owning) {
    return new ConsumerGroupHeartbeatRequest(
        GROUP,
        memberId,
        epoch,
        instanceId,
        Optional.empty(),
        -1,
        names,
        Optional.empty(),
        Optional.empty(),
        owning);
  }

  private ConsumerGroupHeartbeatResponse take(ConsumerGroupHeartbeatResponse response) {
    if (response.error() == ErrorCode.NONE) {
      epoch = response.memberEpoch();
      owned = response.assignment().orElse(owned);
    }
    return response;
  }

  /** The numbers of the partitions of that topic that it owns. */
  List<Integer> owns(Uuid topic) {
    return List.copyOf(new TreeSet<>(Objects.requireNonNull(owned.getOrDefault(topic, List.of()))));
  }

  /** How many partitions it owns. */
  int load() {
    return owned.values().stream().mapToInt(List::size).sum();
  }

  /** Lets all members take and give until nothing moves any more. */
  static void settle(TestCluster test, AssignedMember... members) {
    for (int round = 0; round < 12; round++) {
      test.time.advanceMs(1_000);
      for (AssignedMember member : members) {
        member.beatOwning();
      }
    }
  }
}
