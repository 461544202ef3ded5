package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.JoinGroupRequest.Protocol;
import io.heddle.simulator.protocol.JoinGroupResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A group whose leader assigns: its members and the state of its current generation. */
final class ClassicGroup implements Group {
  /** The protocol type of consumers, whose assignments the broker can read. */
  static final String CONSUMER = "consumer";

  private final String groupId;
  private final Map<String, GroupMember> members = new LinkedHashMap<>();
  private final Map<String, String> memberIdByInstance = new LinkedHashMap<>();
  private final Set<String> pendingJoins = new LinkedHashSet<>();
  private final Set<String> pendingSyncs = new LinkedHashSet<>();
  private GroupState state = GroupState.EMPTY;
  private GroupState previousState = GroupState.DEAD;
  private int generation;
  private String protocolType = "";
  private String protocolName = "";
  private String leaderId = "";
  private boolean newMemberAdded;
  private Optional<Written> written = Optional.empty();

  /** What the members of this generation subscribe to, if that is known. */
  private Optional<Set<String>> subscribedTopics = Optional.empty();

  /** What the coordinator has written of the group: all that its successor knows. */
  private record Written(
      int generation,
      String protocolType,
      String protocolName,
      String leaderId,
      List<GroupMember> members) {}

  ClassicGroup(String groupId) {
    this.groupId = groupId;
  }

  @Override
  public String groupId() {
    return groupId;
  }

  @Override
  public String typeTitle() {
    return "classic";
  }

  @Override
  public String stateTitle() {
    return state.title();
  }

  @Override
  public boolean isEmpty() {
    return is(GroupState.EMPTY);
  }

  GroupState state() {
    return state;
  }

  boolean is(GroupState wanted) {
    return state == wanted;
  }

  /** Whether it has been empty until the rebalance that is under way. */
  boolean isFirstRebalance() {
    return previousState == GroupState.EMPTY;
  }

  boolean canRebalance() {
    return state.canBecome(GroupState.PREPARING_REBALANCE);
  }

  void transitionTo(GroupState next) {
    if (!state.canBecome(next)) {
      throw new IllegalStateException(groupId + " cannot go from " + state + " to " + next);
    }
    previousState = state;
    state = next;
  }

  int generation() {
    return generation;
  }

  /** The type of protocol that its members speak or, if it is empty, spoke; empty if none did. */
  @Override
  public String protocolType() {
    return protocolType;
  }

  String protocolName() {
    return protocolName;
  }

  String leaderId() {
    return leaderId;
  }

  boolean isLeader(String memberId) {
    return leaderId.equals(memberId);
  }

  /** Whether a member came while the first rebalance waited for some. */
  boolean newMemberAdded() {
    return newMemberAdded;
  }

  void newMemberAdded(boolean value) {
    newMemberAdded = value;
  }

  Collection<GroupMember> members() {
    return members.values();
  }

  Optional<GroupMember> find(String memberId) {
    return Optional.ofNullable(members.get(memberId));
  }

  boolean has(String memberId) {
    return members.containsKey(memberId);
  }

  GroupMember member(String memberId) {
    return find(memberId)
        .orElseThrow(() -> new IllegalStateException(groupId + " has no member " + memberId));
  }

  Optional<String> memberIdOf(String instanceId) {
    return Optional.ofNullable(memberIdByInstance.get(instanceId));
  }

  void add(GroupMember member) {
    if (members.isEmpty()) {
      protocolType = member.protocolType();
    }
    if (leaderId.isEmpty()) {
      leaderId = member.memberId();
    }
    member.groupInstanceId().ifPresent(id -> memberIdByInstance.put(id, member.memberId()));
    members.put(member.memberId(), member);
    pendingJoins.remove(member.memberId());
  }

  void remove(String memberId) {
    GroupMember removed = members.remove(memberId);
    if (removed != null) {
      removed.groupInstanceId().ifPresent(memberIdByInstance::remove);
    }
    if (isLeader(memberId)) {
      leaderId = members.isEmpty() ? "" : members.keySet().iterator().next();
    }
    pendingJoins.remove(memberId);
    pendingSyncs.remove(memberId);
  }

  /** Puts a static member in the place of the one that had its instance id. */
  void replace(GroupMember old, GroupMember successor) {
    members.remove(old.memberId());
    members.put(successor.memberId(), successor);
    if (isLeader(old.memberId())) {
      leaderId = successor.memberId();
    }
    successor.groupInstanceId().ifPresent(id -> memberIdByInstance.put(id, successor.memberId()));
  }

  /** Keeps the leader if it has joined again, else takes the first that has; false if none has. */
  boolean electLeaderAmongJoined() {
    if (find(leaderId).map(GroupMember::isAwaitingJoin).orElse(false)) {
      return true;
    }
    Optional<GroupMember> joined =
        members().stream().filter(GroupMember::isAwaitingJoin).findFirst();
    joined.ifPresent(member -> leaderId = member.memberId());
    return joined.isPresent();
  }

  /** The ids that were handed out and have not come back with a join yet. */
  Set<String> pendingJoins() {
    return pendingJoins;
  }

  /** The members of this generation that have not sent a sync yet. */
  Set<String> pendingSyncs() {
    return pendingSyncs;
  }

  long membersAwaitingJoin() {
    return members().stream().filter(GroupMember::isAwaitingJoin).count();
  }

  boolean hasAllMembersJoined() {
    return pendingJoins.isEmpty() && members().stream().allMatch(GroupMember::isAwaitingJoin);
  }

  /** The longest that any member may take to join again. */
  int rebalanceTimeoutMs() {
    return members().stream().mapToInt(GroupMember::rebalanceTimeoutMs).max().orElse(0);
  }

  /** Begins the next generation with whoever is a member now. */
  void beginGeneration() {
    generation++;
    protocolName = members.isEmpty() ? "" : selectProtocol();
    subscribedTopics = ClassicSubscription.of(this);
    transitionTo(members.isEmpty() ? GroupState.EMPTY : GroupState.COMPLETING_REBALANCE);
    pendingSyncs.clear();
  }

  /** Whether its generation subscribes to the topic; consumers do of whom that is not known. */
  boolean isSubscribedTo(String topic) {
    return subscribedTopics
        .map(topics -> topics.contains(topic))
        .orElse(protocolType.equals(CONSUMER));
  }

  /**
   * The protocol with the most votes among those that all members support. Of several with as many,
   * Kafka takes the first that it finds in a hash table.
   */
  String selectProtocol() {
    Set<String> candidates = new LinkedHashSet<>();
    for (Protocol protocol : members().iterator().next().protocols()) {
      if (members().stream().allMatch(member -> member.supports(protocol.name()))) {
        candidates.add(protocol.name());
      }
    }
    Map<String, Integer> votes = new LinkedHashMap<>();
    members().forEach(member -> votes.merge(member.vote(candidates), 1, Integer::sum));
    String winner = "";
    for (String name : HashOrder.grown(votes.keySet())) {
      if (winner.isEmpty() || votes.getOrDefault(name, 0) > votes.getOrDefault(winner, 0)) {
        winner = name;
      }
    }
    return winner;
  }

  /** Whether a member that speaks so could join. */
  boolean supports(String type, List<Protocol> protocols) {
    if (is(GroupState.EMPTY)) {
      return !type.isEmpty() && !protocols.isEmpty();
    }
    return protocolType.equals(type)
        && protocols.stream()
            .anyMatch(
                protocol ->
                    members().stream().allMatch(member -> member.supports(protocol.name())));
  }

  /** Whether this is the member that it says it is. */
  ErrorCode validateMember(String memberId, Optional<String> groupInstanceId) {
    if (groupInstanceId.isPresent()) {
      Optional<String> known = memberIdOf(groupInstanceId.get());
      if (known.isEmpty()) {
        return ErrorCode.UNKNOWN_MEMBER_ID;
      }
      if (!known.get().equals(memberId)) {
        return ErrorCode.FENCED_INSTANCE_ID;
      }
    }
    return has(memberId) ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID;
  }

  @Override
  public CommitCheck checkCommit(
      String memberId, Optional<String> groupInstanceId, int epoch, boolean transactional) {
    ErrorCode error =
        transactional
            ? validateTransactionalCommit(memberId, groupInstanceId, epoch)
            : validateCommit(memberId, groupInstanceId, epoch);
    if (error != ErrorCode.NONE) {
      throw new Refused(error, error.name());
    }
    return CommitCheck.PASS;
  }

  /** Whether it accepts a commit of offsets that is not part of a transaction. */
  private ErrorCode validateCommit(
      String memberId, Optional<String> groupInstanceId, int generationId) {
    if (is(GroupState.DEAD)) {
      return ErrorCode.COORDINATOR_NOT_AVAILABLE;
    }
    if (generationId < 0 && is(GroupState.EMPTY)) {
      return ErrorCode.NONE;
    }
    if (generationId < 0 && memberId.isEmpty() && groupInstanceId.isEmpty()) {
      return ErrorCode.UNKNOWN_MEMBER_ID;
    }
    ErrorCode error = validateMember(memberId, groupInstanceId);
    if (error != ErrorCode.NONE) {
      return error;
    }
    if (generationId != generation) {
      return ErrorCode.ILLEGAL_GENERATION;
    }
    // The member knows its generation but not its assignment, so it cannot know what to commit.
    return is(GroupState.COMPLETING_REBALANCE) ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
  }

  /** Whether it accepts a commit of offsets as part of a transaction, in whatever state it is. */
  private ErrorCode validateTransactionalCommit(
      String memberId, Optional<String> groupInstanceId, int generationId) {
    if (is(GroupState.DEAD)) {
      return ErrorCode.COORDINATOR_NOT_AVAILABLE;
    }
    boolean anonymous = generationId < 0 && memberId.isEmpty() && groupInstanceId.isEmpty();
    if (anonymous || (generationId < 0 && is(GroupState.EMPTY))) {
      return ErrorCode.NONE;
    }
    ErrorCode error = validateMember(memberId, groupInstanceId);
    if (error != ErrorCode.NONE) {
      return error;
    }
    return generationId == generation ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION;
  }

  /** The coordinator writes down the group as it is now: stable, or without members. */
  void write() {
    List<GroupMember> copies = members().stream().map(GroupMember::copy).toList();
    written = Optional.of(new Written(generation, protocolType, protocolName, leaderId, copies));
  }

  /** Goes back to what was written, as a coordinator does that reads it. */
  void restore() {
    Map<String, GroupMember> until = new LinkedHashMap<>(members);
    members.clear();
    memberIdByInstance.clear();
    pendingJoins.clear();
    pendingSyncs.clear();
    newMemberAdded = false;
    previousState = GroupState.DEAD;
    state = GroupState.EMPTY;
    generation = 0;
    protocolType = "";
    protocolName = "";
    leaderId = "";
    written.ifPresent(
        group -> {
          group.members.forEach(member -> add(member.restored(until.get(member.memberId()))));
          state = members.isEmpty() ? GroupState.EMPTY : GroupState.STABLE;
          previousState = state;
          generation = group.generation;
          protocolType = group.protocolType;
          protocolName = group.protocolName;
          leaderId = group.leaderId;
        });
    subscribedTopics = written.isEmpty() ? Optional.empty() : ClassicSubscription.of(this);
  }

  /** Whether anything was written of it, its offsets aside. */
  boolean isWritten() {
    return written.isPresent();
  }

  /** The members as their leader is told of them. */
  List<JoinGroupResponse.Member> membersForLeader() {
    return members().stream()
        .map(
            member ->
                new JoinGroupResponse.Member(
                    member.memberId(), member.groupInstanceId(), member.metadata(protocolName)))
        .toList();
  }
}
