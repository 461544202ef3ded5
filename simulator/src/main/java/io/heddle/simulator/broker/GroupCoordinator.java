package io.heddle.simulator.broker;

import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.GroupBytes;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.SyncGroupResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Leads classic groups through their generations: gathers the members (join), spreads what the
 * leader assigns (sync), and removes whoever is too late or not heard of. The requests themselves
 * are checked by their handlers.
 *
 * <p>What Kafka's coordinator writes to its log is durable at once: a stable group with its
 * members, one that became empty. Whoever comes to coordinate a group begins with that.
 */
final class GroupCoordinator {
  /** How long a member that has never had an answer is kept while its first join waits. */
  private static final int NEW_MEMBER_JOIN_TIMEOUT_MS = 300_000;

  private final Groups groups = new Groups();
  private final GroupTimers timers;
  private final ConsumerGroupCoordinator consumers;
  private final GroupSettings settings;
  private final Predicate<String> hasOffsets;
  private final GroupTenures tenures;

  GroupCoordinator(
      GroupSettings settings,
      Topics topics,
      Predicate<String> hasOffsets,
      Surroundings surroundings) {
    this.settings = settings;
    this.hasOffsets = hasOffsets;
    this.tenures = new GroupTenures(surroundings);
    this.timers = new GroupTimers(surroundings);
    this.consumers =
        new ConsumerGroupCoordinator(groups, timers, settings.consumer(), topics, surroundings);
  }

  /** The part that leads consumer groups. */
  ConsumerGroupCoordinator consumers() {
    return consumers;
  }

  Groups groups() {
    return groups;
  }

  GroupTimers timers() {
    return timers;
  }

  /** Makes an empty group as if it had never been. */
  void delete(ClassicGroup group) {
    group.transitionTo(GroupState.DEAD);
    timers.cancelAllOf(group.groupId());
    groups.remove(group);
  }

  /** Stops coordinating the groups of a partition of the offsets topic. */
  void unload(int partition) {
    for (Group group : groups.of(partition)) {
      timers.cancelAllOf(group.groupId());
      if (group instanceof ClassicGroup classic) {
        unload(classic);
      } else if (group instanceof ConsumerGroup assigned) {
        assigned.reread();
      }
    }
  }

  private void unload(ClassicGroup group) {
    for (GroupMember member : List.copyOf(group.members())) {
      member.completeJoin(JoinGroupApi.failure(ErrorCode.NOT_COORDINATOR, ""));
      var unused = member.completeSync(syncFailure(ErrorCode.NOT_COORDINATOR));
    }
    Set<String> known =
        group.members().stream()
            .map(GroupMember::memberId)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    group.restore();
    group.members().stream()
        .filter(member -> !known.contains(member.memberId()))
        .forEach(member -> tenures.regained(group, member));
    if (!group.isWritten() && !hasOffsets.test(group.groupId())) {
      groups.remove(group);
    }
  }

  /** Begins to coordinate the groups of a partition of the offsets topic, as it was written. */
  void load(int partition) {
    for (Group group : groups.of(partition)) {
      if (group instanceof ClassicGroup classic) {
        classic.members().forEach(member -> restartSession(classic, member));
        if (classic.members().size() > settings.maxSize()) {
          prepareRebalance(classic);
        }
      } else if (group instanceof ConsumerGroup assigned) {
        consumers.restartTimers(assigned);
      }
    }
  }

  boolean forceRebalance(String groupId) {
    ConsumerGroup assigned = groups.findConsumer(groupId).orElse(null);
    if (assigned != null && !assigned.isEmpty()) {
      consumers.beginEpoch(assigned);
      return true;
    }
    ClassicGroup group = groups.findClassic(groupId).orElse(null);
    if (group == null || group.is(GroupState.EMPTY) || !group.canRebalance()) {
      return false;
    }
    prepareRebalance(group);
    return true;
  }

  boolean expireMember(String groupId, Member process) {
    ConsumerGroup assigned = groups.findConsumer(groupId).orElse(null);
    if (assigned != null) {
      return consumers.fence(assigned, process);
    }
    ClassicGroup group = groups.findClassic(groupId).orElse(null);
    if (group == null) {
      return false;
    }
    List<GroupMember> expired =
        group.members().stream().filter(it -> it.caller().member().equals(process)).toList();
    for (GroupMember member : expired) {
      member.completeSync(syncFailure(ErrorCode.UNKNOWN_MEMBER_ID));
      removeUnasked(group, member, "fenced");
    }
    return !expired.isEmpty();
  }

  /** Hands out an id: whoever has it must join with it before its session ends. */
  void expectJoin(ClassicGroup group, String memberId, int sessionTimeoutMs) {
    group.pendingJoins().add(memberId);
    startSession(group, memberId, sessionTimeoutMs);
  }

  /** Takes a new member in; its join waits for the others. */
  void addMember(ClassicGroup group, GroupMember member, Call join) {
    member.isNew(true);
    if (group.is(GroupState.PREPARING_REBALANCE) && group.isFirstRebalance()) {
      group.newMemberAdded(true);
    }
    group.add(member);
    member.awaitJoin(join);
    // It sends no heartbeat while its join waits, and that can take longer than its session.
    startSession(group, member.memberId(), NEW_MEMBER_JOIN_TIMEOUT_MS);
    rebalanceOrCompleteJoin(group);
  }

  /** The member was heard of. */
  void restartSession(ClassicGroup group, GroupMember member) {
    startSession(group, member.memberId(), member.sessionTimeoutMs());
  }

  void startSession(ClassicGroup group, String memberId, int timeoutMs) {
    timers.start(
        GroupTimers.Key.session(group.groupId(), memberId),
        timeoutMs,
        () -> expireSession(group, memberId));
  }

  /** Takes out a member that asked for it, or whose place another takes. */
  void remove(ClassicGroup group, GroupMember member) {
    endSession(group, member.memberId());
    // It is told that it is no member, so that it joins anew if it is still there.
    member.completeJoin(JoinGroupApi.failure(ErrorCode.UNKNOWN_MEMBER_ID, ""));
    group.remove(member.memberId());
  }

  void endSession(ClassicGroup group, String memberId) {
    timers.cancel(GroupTimers.Key.session(group.groupId(), memberId));
  }

  /** Notes that the member has lost what it worked on, without having been asked. */
  void tellLost(ClassicGroup group, GroupMember member, String reason) {
    tenures.lost(group, member, reason);
  }

  /** Notes that another member takes the place of a static one. */
  void tellReplaced(ClassicGroup group, GroupMember old, GroupMember successor) {
    tenures.replaced(group, old, successor);
  }

  void rebalanceOrCompleteJoin(ClassicGroup group) {
    if (group.canRebalance()) {
      prepareRebalance(group);
    } else {
      maybeCompleteJoin(group);
    }
  }

  void maybeCompleteJoin(ClassicGroup group) {
    // A group that was empty waits for its delay, whoever is there already.
    if (group.is(GroupState.PREPARING_REBALANCE)
        && !group.isFirstRebalance()
        && group.hasAllMembersJoined()) {
      completeJoin(group);
    }
  }

  void prepareRebalance(ClassicGroup group) {
    boolean first = group.is(GroupState.EMPTY);
    boolean unassigned = group.is(GroupState.COMPLETING_REBALANCE);
    group.transitionTo(GroupState.PREPARING_REBALANCE);
    endSync(group);
    if (unassigned) {
      group.members().forEach(member -> member.assign(GroupBytes.EMPTY));
      failSyncs(group);
    }
    if (first) {
      int delayMs = settings.initialRebalanceDelayMs();
      awaitMoreMembers(group, delayMs, Math.max(group.rebalanceTimeoutMs() - delayMs, 0));
    } else if (group.hasAllMembersJoined()) {
      completeJoin(group);
    } else {
      startJoinTimer(group);
    }
  }

  /** Takes the leader's assignment and answers all syncs. */
  void assign(ClassicGroup group, Map<String, GroupBytes> assignments) {
    for (GroupMember member : group.members()) {
      member.assign(assignments.getOrDefault(member.memberId(), GroupBytes.EMPTY));
    }
    group.transitionTo(GroupState.STABLE);
    group.write();
    for (GroupMember member : List.copyOf(group.members())) {
      if (member.isAwaitingSync()) {
        // Silence was no sign of death while it waited, so its session begins again.
        restartSession(group, member);
        completeSync(group, member);
      }
    }
  }

  /** Sends the member its assignment. */
  void completeSync(ClassicGroup group, GroupMember member) {
    member.deliver();
    member.completeSync(
        new SyncGroupResponse(
            ErrorCode.NONE, group.protocolType(), group.protocolName(), member.assignment()));
  }

  /** The member has sent its sync; when all have, nobody can be late any more. */
  void syncReceived(ClassicGroup group, String memberId) {
    group.pendingSyncs().remove(memberId);
    if (group.pendingSyncs().isEmpty()) {
      endSync(group);
    }
  }

  static SyncGroupResponse syncFailure(ErrorCode error) {
    return new SyncGroupResponse(error, "", "", GroupBytes.EMPTY);
  }

  private void failSyncs(ClassicGroup group) {
    for (GroupMember member : List.copyOf(group.members())) {
      if (member.completeSync(syncFailure(ErrorCode.REBALANCE_IN_PROGRESS))) {
        restartSession(group, member);
      }
    }
  }

  private void awaitMoreMembers(ClassicGroup group, int delayMs, int remainingMs) {
    timers.start(
        GroupTimers.Key.join(group.groupId()),
        delayMs,
        () -> {
          if (group.newMemberAdded() && remainingMs != 0) {
            group.newMemberAdded(false);
            awaitMoreMembers(
                group,
                Math.min(settings.initialRebalanceDelayMs(), remainingMs),
                Math.max(remainingMs - delayMs, 0));
          } else {
            completeJoin(group);
          }
        });
  }

  private void startJoinTimer(ClassicGroup group) {
    timers.start(
        GroupTimers.Key.join(group.groupId()),
        group.rebalanceTimeoutMs(),
        () -> completeJoin(group));
  }

  private void completeJoin(ClassicGroup group) {
    timers.cancel(GroupTimers.Key.join(group.groupId()));
    removeThoseNotRejoined(group);
    if (!group.electLeaderAmongJoined() && !group.members().isEmpty()) {
      // Only static members are left and none is back: they have until their sessions end.
      startJoinTimer(group);
      return;
    }
    group.beginGeneration();
    if (group.is(GroupState.EMPTY)) {
      group.write();
      return;
    }
    int generation = group.generation();
    timers.start(
        GroupTimers.Key.sync(group.groupId()),
        group.rebalanceTimeoutMs(),
        () -> expireSync(group, generation));
    for (GroupMember member : group.members()) {
      group.pendingSyncs().add(member.memberId());
      restartSession(group, member);
      member.isNew(false);
    }
    List<JoinGroupResponse.Member> forLeader = group.membersForLeader();
    for (GroupMember member : List.copyOf(group.members())) {
      boolean leads = group.isLeader(member.memberId());
      member.completeJoin(
          JoinGroupApi.success(group, member.memberId(), leads ? forLeader : List.of(), false));
    }
  }

  private void removeThoseNotRejoined(ClassicGroup group) {
    for (GroupMember member : List.copyOf(group.members())) {
      if (!member.isAwaitingJoin() && member.groupInstanceId().isEmpty()) {
        tellLost(group, member, "rebalance timeout");
        remove(group, member);
      }
    }
  }

  private void expireSync(ClassicGroup group, int generation) {
    if (generation != group.generation() || group.is(GroupState.PREPARING_REBALANCE)) {
      throw new IllegalStateException(
          "sync of generation " + generation + " expired in " + GroupViews.of(group));
    }
    for (String memberId : List.copyOf(group.pendingSyncs())) {
      // A static member that came back in between goes on being awaited under its old id, in Kafka
      // too: nobody is removed for it, but the group rebalances.
      GroupMember member = group.find(memberId).orElse(null);
      if (member != null) {
        tellLost(group, member, "sync timeout");
        remove(group, member);
      }
    }
    prepareRebalance(group);
  }

  private void endSync(ClassicGroup group) {
    group.pendingSyncs().clear();
    timers.cancel(GroupTimers.Key.sync(group.groupId()));
  }

  private void expireSession(ClassicGroup group, String memberId) {
    if (group.pendingJoins().remove(memberId)) {
      if (group.is(GroupState.PREPARING_REBALANCE) && group.hasAllMembersJoined()) {
        completeJoin(group);
      }
      return;
    }
    GroupMember member = group.member(memberId);
    if (!member.isExcusedFromHeartbeat()) {
      removeUnasked(group, member, "session timeout");
    }
  }

  private void removeUnasked(ClassicGroup group, GroupMember member, String reason) {
    tellLost(group, member, reason);
    remove(group, member);
    if (group.is(GroupState.STABLE) || group.is(GroupState.COMPLETING_REBALANCE)) {
      prepareRebalance(group);
    } else if (group.is(GroupState.PREPARING_REBALANCE) && group.hasAllMembersJoined()) {
      completeJoin(group);
    }
  }
}
