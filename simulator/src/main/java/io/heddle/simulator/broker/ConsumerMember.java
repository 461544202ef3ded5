package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A member of a consumer group. Immutable.
 *
 * @param epoch the epoch of the assignment that it has; -2 for a static member that is away
 * @param previousEpoch the one before, with which it may still come
 * @param rebalanceTimeoutMs how long it may take to give partitions up
 * @param topics the topics it names: as it named them, and in their own order once written down
 * @param regex the pattern it subscribes to, or empty
 * @param assigned the partitions that it may own, each with the epoch since when
 * @param revoking the partitions that it has yet to give up, likewise
 */
record ConsumerMember(
    String memberId,
    Caller caller,
    int epoch,
    int previousEpoch,
    Optional<String> instanceId,
    Optional<String> rackId,
    int rebalanceTimeoutMs,
    Set<String> topics,
    String regex,
    Optional<String> assignor,
    State state,
    SortedMap<PartitionRef, Integer> assigned,
    SortedMap<PartitionRef, Integer> revoking) {
  /** How far it is with its assignment. */
  enum State {
    /** It owns what it is to own, as far as it has been told. */
    STABLE,
    /** It has yet to give partitions up. */
    UNREVOKED_PARTITIONS,
    /** It waits for partitions that others have yet to give up. */
    UNRELEASED_PARTITIONS
  }

  static final SortedMap<PartitionRef, Integer> NOTHING =
      Collections.unmodifiableSortedMap(new TreeMap<>());

  ConsumerMember {
    topics = Collections.unmodifiableSet(new LinkedHashSet<>(topics));
    assigned = Collections.unmodifiableSortedMap(new TreeMap<>(assigned));
    revoking = Collections.unmodifiableSortedMap(new TreeMap<>(revoking));
  }

  /** A member that has not joined yet. */
  static ConsumerMember joining(String memberId, Caller caller) {
    return new ConsumerMember(
        memberId,
        caller,
        ConsumerGroupHeartbeatRequest.JOIN_EPOCH,
        -1,
        Optional.empty(),
        Optional.empty(),
        -1,
        Set.of(),
        "",
        Optional.empty(),
        State.STABLE,
        NOTHING,
        NOTHING);
  }

  /** With what the request tells anew. */
  ConsumerMember updated(ConsumerGroupHeartbeatRequest request, Caller from) {
    return new ConsumerMember(
        memberId,
        from,
        epoch,
        previousEpoch,
        request.instanceId().or(() -> instanceId),
        request.rackId().or(() -> rackId),
        request.rebalanceTimeoutMs() == -1 ? rebalanceTimeoutMs : request.rebalanceTimeoutMs(),
        request.subscribedTopicNames().<Set<String>>map(LinkedHashSet::new).orElse(topics),
        request.subscribedTopicRegex().orElse(regex),
        request.serverAssignor().or(() -> assignor),
        state,
        assigned,
        revoking);
  }

  /** The static member that comes back under another id and joins again. */
  ConsumerMember returning(String newMemberId) {
    return new ConsumerMember(
        newMemberId,
        caller,
        ConsumerGroupHeartbeatRequest.JOIN_EPOCH,
        ConsumerGroupHeartbeatRequest.JOIN_EPOCH,
        instanceId,
        rackId,
        rebalanceTimeoutMs,
        topics,
        regex,
        assignor,
        state,
        assigned,
        revoking);
  }

  /** The static member that goes away for a while; its partitions stay its own. */
  ConsumerMember leftForAWhile() {
    TreeMap<PartitionRef, Integer> kept = new TreeMap<>();
    assigned.keySet().forEach(partition -> kept.put(partition, 0));
    return with(
        state, ConsumerGroupHeartbeatRequest.LEAVE_STATIC_EPOCH, previousEpoch, kept, NOTHING);
  }

  /** As the coordinator writes it down. */
  ConsumerMember written() {
    return new ConsumerMember(
        memberId,
        caller,
        epoch,
        previousEpoch,
        instanceId,
        rackId,
        rebalanceTimeoutMs,
        new TreeSet<>(topics),
        regex,
        assignor,
        state,
        assigned,
        revoking);
  }

  /** In the next state of its assignment; its epoch so far becomes the previous one. */
  ConsumerMember reconciled(
      State next,
      int nextEpoch,
      SortedMap<PartitionRef, Integer> nowAssigned,
      SortedMap<PartitionRef, Integer> nowRevoking) {
    return with(next, nextEpoch, epoch, nowAssigned, nowRevoking);
  }

  private ConsumerMember with(
      State next,
      int nextEpoch,
      int before,
      SortedMap<PartitionRef, Integer> nowAssigned,
      SortedMap<PartitionRef, Integer> nowRevoking) {
    return new ConsumerMember(
        memberId,
        caller,
        nextEpoch,
        before,
        instanceId,
        rackId,
        rebalanceTimeoutMs,
        topics,
        regex,
        assignor,
        next,
        nowAssigned,
        nowRevoking);
  }

  boolean subscribesByRegex() {
    return !regex.isEmpty();
  }

  boolean isReconciledTo(int targetEpoch) {
    return state == State.STABLE && epoch == targetEpoch;
  }

  boolean isAway() {
    return epoch == ConsumerGroupHeartbeatRequest.LEAVE_STATIC_EPOCH;
  }

  /** Whether it owns the partition or has yet to give it up. */
  boolean holds(PartitionRef partition) {
    return assigned.containsKey(partition) || revoking.containsKey(partition);
  }

  /** Since which epoch it has the partition, if it has it. */
  Optional<Integer> heldSince(PartitionRef partition) {
    return Optional.ofNullable(assigned.get(partition))
        .or(() -> Optional.ofNullable(revoking.get(partition)));
  }

  /** All partitions that it holds. */
  Set<PartitionRef> held() {
    Map<PartitionRef, Integer> all = new TreeMap<>(assigned);
    all.putAll(revoking);
    return all.keySet();
  }
}
