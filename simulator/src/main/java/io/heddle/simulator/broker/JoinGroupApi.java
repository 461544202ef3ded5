package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.JoinGroupResponse;
import java.util.List;
import java.util.Optional;

/**
 * Joins groups.
 *
 * <p>Models: classic groups: the two steps to a member id, the id's expiry, session timeouts out of
 * bounds, the size limit, inconsistent protocols, the answer for a member that has its generation
 * already, rebalances by a leader that joins again or a member with new metadata, the delay of a
 * group's first rebalance, static members that come back under a new id, with or without a
 * rebalance (skipAssignment), an empty consumer group that becomes a classic one.
 *
 * <p>Does not model: joining a consumer group that has members (with Kafka's default migration
 * policy an exception says so, with {@code disabled} it is refused as Kafka does), share and
 * streams groups; JoinGroup before version 4, which gave new members no id of their own first, and
 * before 9, which knew no skipAssignment; Kafka's order of members, which is that of a hash table,
 * here it is that of joining.
 */
final class JoinGroupApi implements RequestHandler<JoinGroupRequest> {
  private final Coordinators coordinators;
  private final GroupCoordinator coordinator;
  private final GroupSettings settings;
  private final Surroundings surroundings;

  JoinGroupApi(
      Coordinators coordinators,
      GroupCoordinator coordinator,
      GroupSettings settings,
      Surroundings surroundings) {
    this.coordinators = coordinators;
    this.coordinator = coordinator;
    this.settings = settings;
    this.surroundings = surroundings;
  }

  static JoinGroupResponse failure(ErrorCode error, String memberId) {
    return new JoinGroupResponse(error, -1, "", "", "", false, memberId, List.of());
  }

  static JoinGroupResponse success(
      ClassicGroup group,
      String memberId,
      List<JoinGroupResponse.Member> members,
      boolean skipAssignment) {
    return new JoinGroupResponse(
        ErrorCode.NONE,
        group.generation(),
        group.protocolType(),
        group.protocolName(),
        group.leaderId(),
        skipAssignment,
        memberId,
        members);
  }

  @Override
  public void handle(Call call, JoinGroupRequest request) {
    String memberId = request.memberId();
    if (request.groupId().isEmpty()) {
      call.reply(failure(ErrorCode.INVALID_GROUP_ID, memberId));
    } else if (request.sessionTimeoutMs() < settings.minSessionTimeoutMs()
        || request.sessionTimeoutMs() > settings.maxSessionTimeoutMs()) {
      call.reply(failure(ErrorCode.INVALID_SESSION_TIMEOUT, memberId));
    } else if (coordinators.check(call.brokerId(), request.groupId()) != ErrorCode.NONE) {
      call.reply(failure(coordinators.check(call.brokerId(), request.groupId()), ""));
    } else {
      Groups groups = coordinator.groups();
      ConsumerGroup assigned = groups.findConsumer(request.groupId()).orElse(null);
      if (assigned != null && !assigned.isEmpty()) {
        coordinator.consumers().refuseMigration(request.groupId());
        call.reply(failure(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, ""));
        return;
      }
      if (assigned != null) {
        coordinator.consumers().makeWay(assigned);
      }
      Optional<ClassicGroup> group =
          memberId.isEmpty()
              ? Optional.of(groups.findOrCreate(request.groupId()))
              : groups.findClassic(request.groupId());
      group.ifPresentOrElse(
          found -> join(call, request, found),
          () -> call.reply(failure(ErrorCode.UNKNOWN_MEMBER_ID, memberId)));
    }
  }

  private void join(Call call, JoinGroupRequest request, ClassicGroup group) {
    String memberId = request.memberId();
    if (!hasRoomFor(group, memberId)) {
      turnAway(group, memberId);
      call.reply(failure(ErrorCode.GROUP_MAX_SIZE_REACHED, ""));
    } else if (!group.supports(request.protocolType(), request.protocols())) {
      call.reply(failure(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, memberId));
    } else if (memberId.isEmpty()) {
      joinWithoutId(call, request, group);
    } else if (group.pendingJoins().contains(memberId)) {
      joinWithFreshId(call, request, group);
    } else {
      joinAgain(call, request, group);
    }
  }

  private boolean hasRoomFor(ClassicGroup group, String memberId) {
    return switch (group.state()) {
      case EMPTY, DEAD -> true;
      // Those that have joined count: the last ones to come back are turned away.
      case PREPARING_REBALANCE ->
          group.find(memberId).map(GroupMember::isAwaitingJoin).orElse(false)
              || group.membersAwaitingJoin() < settings.maxSize();
      case COMPLETING_REBALANCE, STABLE ->
          group.has(memberId) || group.members().size() < settings.maxSize();
    };
  }

  private void turnAway(ClassicGroup group, String memberId) {
    group.find(memberId).ifPresent(member -> coordinator.tellLost(group, member, "group full"));
    coordinator.endSession(group, memberId);
    group.remove(memberId);
  }

  private void joinWithoutId(Call call, JoinGroupRequest request, ClassicGroup group) {
    String clientId = call.caller().clientId();
    String prefix = request.groupInstanceId().orElse(clientId);
    String memberId = prefix + "-" + surroundings.newMemberSuffix(clientId);
    if (request.groupInstanceId().isEmpty()) {
      coordinator.expectJoin(group, memberId, request.sessionTimeoutMs());
      call.reply(failure(ErrorCode.MEMBER_ID_REQUIRED, memberId));
      return;
    }
    Optional<String> known = request.groupInstanceId().flatMap(group::memberIdOf);
    if (known.isEmpty()) {
      coordinator.addMember(group, new GroupMember(memberId, call.caller(), request), call);
    } else {
      replaceStaticMember(call, request, group, group.member(known.get()), memberId);
    }
  }

  private void joinWithFreshId(Call call, JoinGroupRequest request, ClassicGroup group) {
    if (request.groupInstanceId().isPresent()) {
      // Kafka's coordinator throws here: ids are never handed to static members to come back with.
      call.reply(failure(ErrorCode.UNKNOWN_SERVER_ERROR, ""));
      return;
    }
    coordinator.addMember(group, new GroupMember(request.memberId(), call.caller(), request), call);
  }

  private void joinAgain(Call call, JoinGroupRequest request, ClassicGroup group) {
    String memberId = request.memberId();
    ErrorCode error = group.validateMember(memberId, request.groupInstanceId());
    if (error != ErrorCode.NONE) {
      call.reply(failure(error, memberId));
      return;
    }
    GroupMember member = group.member(memberId);
    boolean leads = group.isLeader(memberId);
    boolean same = member.protocols().equals(request.protocols());
    // A leader that joins a stable group again wants a rebalance, for reasons of its own.
    boolean rebalances =
        switch (group.state()) {
          case COMPLETING_REBALANCE -> !same;
          case STABLE -> leads || !same;
          case EMPTY, DEAD, PREPARING_REBALANCE -> true;
        };
    if (rebalances) {
      member.update(request, call);
      coordinator.rebalanceOrCompleteJoin(group);
    } else {
      // It may have missed the answer to its join; its generation still runs.
      call.reply(success(group, memberId, leads ? group.membersForLeader() : List.of(), false));
    }
  }

  private void replaceStaticMember(
      Call call, JoinGroupRequest request, ClassicGroup group, GroupMember old, String memberId) {
    GroupMember successor = new GroupMember(memberId, call.caller(), request, old);
    coordinator.tellReplaced(group, old, successor);
    coordinator.endSession(group, old.memberId());
    old.completeJoin(failure(ErrorCode.FENCED_INSTANCE_ID, old.memberId()));
    old.completeSync(GroupCoordinator.syncFailure(ErrorCode.FENCED_INSTANCE_ID));
    group.replace(old, successor);
    // As in Kafka, its first session is as long as its predecessor's.
    coordinator.startSession(group, memberId, old.sessionTimeoutMs());
    successor.awaitJoin(call);
    if (group.is(GroupState.STABLE) && group.selectProtocol().equals(group.protocolName())) {
      group.write();
      boolean leads = group.isLeader(memberId);
      successor.completeJoin(
          success(group, memberId, leads ? group.membersForLeader() : List.of(), leads));
    } else {
      // In CompletingRebalance the leader may already assign to the old id, so all begin anew.
      coordinator.rebalanceOrCompleteJoin(group);
    }
  }
}
