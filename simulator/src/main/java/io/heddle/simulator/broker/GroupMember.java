package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.GroupBytes;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.JoinGroupRequest.Protocol;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.SyncGroupResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A member of a classic group, and the requests of it that wait for their answer. */
final class GroupMember {
  private final String memberId;
  private final Optional<String> groupInstanceId;
  private final Caller caller;
  private final String protocolType;
  private List<Protocol> protocols;
  private int sessionTimeoutMs;
  private int rebalanceTimeoutMs;
  private GroupBytes assignment = GroupBytes.EMPTY;
  private GroupBytes delivered = GroupBytes.EMPTY;
  private GroupBytes givingUp = GroupBytes.EMPTY;
  private boolean isNew;
  private @Nullable Call awaitingJoin;
  private @Nullable Call awaitingSync;

  GroupMember(String memberId, Caller caller, JoinGroupRequest request) {
    this.memberId = memberId;
    this.groupInstanceId = request.groupInstanceId();
    this.caller = caller;
    this.protocolType = request.protocolType();
    this.protocols = request.protocols();
    this.sessionTimeoutMs = request.sessionTimeoutMs();
    this.rebalanceTimeoutMs = request.rebalanceTimeoutMs();
  }

  /** The static member that takes the place of {@code old}, and its assignment. */
  GroupMember(String memberId, Caller caller, JoinGroupRequest request, GroupMember old) {
    // Kafka goes on describing the member with the client id and host of its predecessor.
    this(
        memberId,
        new Caller(caller.member(), old.caller.clientId(), old.caller.clientHost()),
        request);
    this.assignment = old.assignment;
  }

  private GroupMember(GroupMember other) {
    this.memberId = other.memberId;
    this.groupInstanceId = other.groupInstanceId;
    this.caller = other.caller;
    this.protocolType = other.protocolType;
    this.protocols = other.protocols;
    this.sessionTimeoutMs = other.sessionTimeoutMs;
    this.rebalanceTimeoutMs = other.rebalanceTimeoutMs;
    this.assignment = other.assignment;
    this.delivered = other.assignment;
    this.givingUp = other.givingUp;
  }

  /** The member as it can be written down: nothing of it waits. */
  GroupMember copy() {
    return new GroupMember(this);
  }

  /** The member as it was written down; it works on what it has been sent, whoever coordinates. */
  GroupMember restored(@Nullable GroupMember now) {
    GroupMember restored = new GroupMember(this);
    if (now != null) {
      restored.givingUp = now.delivered.equals(assignment) ? now.givingUp : now.delivered;
    }
    return restored;
  }

  String memberId() {
    return memberId;
  }

  Optional<String> groupInstanceId() {
    return groupInstanceId;
  }

  Caller caller() {
    return caller;
  }

  String protocolType() {
    return protocolType;
  }

  List<Protocol> protocols() {
    return protocols;
  }

  int sessionTimeoutMs() {
    return sessionTimeoutMs;
  }

  int rebalanceTimeoutMs() {
    return rebalanceTimeoutMs;
  }

  /** Joins again, perhaps with other wishes. */
  void update(JoinGroupRequest request, Call join) {
    protocols = request.protocols();
    sessionTimeoutMs = request.sessionTimeoutMs();
    rebalanceTimeoutMs = request.rebalanceTimeoutMs();
    awaitingJoin = join;
  }

  /** Whether it never had the answer to a join. */
  boolean isNew() {
    return isNew;
  }

  void isNew(boolean value) {
    isNew = value;
  }

  /** What the current generation gives it; empty until the leader has said so. */
  GroupBytes assignment() {
    return assignment;
  }

  void assign(GroupBytes bytes) {
    assignment = bytes;
  }

  /** The last assignment that was sent to it: what it may be working on. */
  GroupBytes delivered() {
    return delivered;
  }

  /** The assignment before that one: it has it until it joins again, as far as one can know. */
  GroupBytes givingUp() {
    return givingUp;
  }

  void deliver() {
    if (!delivered.equals(assignment)) {
      givingUp = delivered;
      delivered = assignment;
    }
  }

  boolean supports(String protocolName) {
    return protocols.stream().anyMatch(protocol -> protocol.name().equals(protocolName));
  }

  /** What it tells the leader under that protocol. */
  GroupBytes metadata(String protocolName) {
    return protocols.stream()
        .filter(protocol -> protocol.name().equals(protocolName))
        .findFirst()
        .map(Protocol::metadata)
        .orElseThrow(() -> new IllegalStateException(memberId + " has no " + protocolName));
  }

  /** The candidate that it wants most. */
  String vote(Set<String> candidates) {
    return protocols.stream()
        .map(Protocol::name)
        .filter(candidates::contains)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(memberId + " has none of " + candidates));
  }

  boolean isAwaitingJoin() {
    return awaitingJoin != null;
  }

  void awaitJoin(Call join) {
    givingUp = GroupBytes.EMPTY;
    awaitingJoin = join;
  }

  /** Answers the join that waits, if one does. */
  void completeJoin(JoinGroupResponse response) {
    Call join = awaitingJoin;
    if (join != null) {
      awaitingJoin = null;
      join.reply(response);
    }
  }

  boolean isAwaitingSync() {
    return awaitingSync != null;
  }

  void awaitSync(Call sync) {
    awaitingSync = sync;
  }

  /** Answers the sync that waits and returns true, if one does. */
  boolean completeSync(SyncGroupResponse response) {
    Call sync = awaitingSync;
    if (sync == null) {
      return false;
    }
    awaitingSync = null;
    sync.reply(response);
    return true;
  }

  /** Whether silence is no sign of death: we owe it an answer, and it has had one before. */
  boolean isExcusedFromHeartbeat() {
    return !isNew && (isAwaitingJoin() || isAwaitingSync());
  }
}
