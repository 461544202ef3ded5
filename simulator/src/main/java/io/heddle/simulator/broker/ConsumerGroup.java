package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A group that the coordinator assigns to (KIP-848). Its epoch grows with whatever an assignment
 * has to take into account; the assignment is made for an epoch; members get to it one by one.
 */
final class ConsumerGroup implements Group {
  /** The states of a consumer group. */
  enum State {
    EMPTY("Empty"),
    ASSIGNING("Assigning"),
    RECONCILING("Reconciling"),
    STABLE("Stable");

    private final String title;

    State(String title) {
      this.title = title;
    }
  }

  /** The target assignment: what each member is to own, for which epoch, made when. */
  record Target(
      int epoch, OptionalLong madeAtMs, Map<String, Map<Uuid, Set<Integer>>> assignments) {
    Map<Uuid, Set<Integer>> of(String memberId) {
      return assignments.getOrDefault(memberId, Map.of());
    }

    private Target with(Map<String, Map<Uuid, Set<Integer>>> changed) {
      return new Target(epoch, madeAtMs, changed);
    }
  }

  private static final int INITIAL_EPOCH = 1;
  private static final int INITIAL_TABLE = 2;

  private final String groupId;
  private final Topics topics;
  private final Map<String, ConsumerMember> members = new LinkedHashMap<>();
  private final Map<String, ResolvedRegex> resolved = new LinkedHashMap<>();
  private int tableCapacity = INITIAL_TABLE;
  private int epoch = INITIAL_EPOCH;
  private Target target = new Target(INITIAL_EPOCH, OptionalLong.empty(), Map.of());
  private Map<String, Subscribed.Shape> shapes = Map.of();
  private boolean homogeneous = true;
  private boolean refreshDue = true;
  private long topicsSeen;
  private boolean resolving;
  private int readings;

  ConsumerGroup(String groupId, Topics topics) {
    this.groupId = groupId;
    this.topics = topics;
  }

  @Override
  public String groupId() {
    return groupId;
  }

  @Override
  public String typeTitle() {
    return "consumer";
  }

  @Override
  public String protocolType() {
    return ClassicGroup.CONSUMER;
  }

  @Override
  public String stateTitle() {
    return state().title;
  }

  State state() {
    if (members.isEmpty()) {
      return State.EMPTY;
    }
    if (epoch > target.epoch()) {
      return State.ASSIGNING;
    }
    return members.values().stream().allMatch(it -> it.isReconciledTo(target.epoch()))
        ? State.STABLE
        : State.RECONCILING;
  }

  @Override
  public boolean isEmpty() {
    return members.isEmpty();
  }

  int epoch() {
    return epoch;
  }

  Target target() {
    return target;
  }

  /** The members in the order in which they came. */
  Collection<ConsumerMember> members() {
    return Collections.unmodifiableCollection(members.values());
  }

  /** The members' ids in the order in which Kafka's table gives them. */
  List<String> memberIdsInTableOrder() {
    return HashOrder.timeline(members.keySet(), tableCapacity);
  }

  Optional<ConsumerMember> find(String memberId) {
    return Optional.ofNullable(members.get(memberId));
  }

  Optional<ConsumerMember> findStatic(String instanceId) {
    return members.values().stream()
        .filter(it -> it.instanceId().equals(Optional.of(instanceId)))
        .findFirst();
  }

  ConsumerMember member(String memberId) {
    return find(memberId)
        .orElseThrow(
            () ->
                new Refused(
                    ErrorCode.UNKNOWN_MEMBER_ID,
                    "Member " + memberId + " is not a member of group " + groupId + "."));
  }

  /** The member that says so; of a static one, the id of the instance counts. */
  ConsumerMember memberOf(String memberId, Optional<String> instanceId) {
    if (instanceId.isEmpty()) {
      return member(memberId);
    }
    ConsumerMember known =
        findStatic(instanceId.get())
            .orElseThrow(
                () ->
                    new Refused(
                        ErrorCode.UNKNOWN_MEMBER_ID,
                        "Instance id " + instanceId.get() + " is unknown."));
    if (!known.memberId().equals(memberId)) {
      throw new Refused(
          ErrorCode.FENCED_INSTANCE_ID,
          "Static member "
              + memberId
              + " with instance id "
              + instanceId.get()
              + " was fenced by member "
              + known.memberId()
              + ".");
    }
    return known;
  }

  /** What a request of the classic protocol is answered: no member here speaks it. */
  ErrorCode refuseClassic(String memberId, Optional<String> instanceId) {
    try {
      memberOf(memberId, instanceId);
    } catch (Refused refused) {
      return refused.error();
    }
    return ErrorCode.UNKNOWN_MEMBER_ID;
  }

  /** Whether some member holds the partition. */
  boolean isHeld(PartitionRef partition) {
    return members.values().stream().anyMatch(it -> it.holds(partition));
  }

  Map<String, ResolvedRegex> resolved() {
    return Collections.unmodifiableMap(resolved);
  }

  /** What the members subscribe to now. */
  Subscribed subscribed() {
    return new Subscribed(members.values(), resolved);
  }

  /**
   * Whether all members subscribed to the same when one last changed. Kafka does not look again
   * when a pattern's topics change or it is forgotten.
   */
  boolean homogeneous() {
    return homogeneous;
  }

  /** The topics subscribed to as the group's epoch takes them into account. */
  Map<String, Subscribed.Shape> shapes() {
    return shapes;
  }

  /**
   * Whether what its topics are has to be looked at anew: until they have been, and after one that
   * it subscribed to at the time has come, grown or gone.
   */
  boolean refreshDue() {
    return refreshDue;
  }

  void refreshed() {
    refreshDue = false;
  }

  /** Notes what has become of topics, before it subscribes to others. */
  void noteTopics() {
    if (topicsSeen < topics.changes()) {
      refreshDue |= topics.changedSince(topicsSeen, subscribed().names());
      topicsSeen = topics.changes();
    }
  }

  /** Whether patterns are just being looked up. */
  boolean resolving() {
    return resolving;
  }

  void resolving(boolean value) {
    resolving = value;
  }

  /** Another coordinator has read it: nobody looks patterns up, and its table has grown anew. */
  void reread() {
    resolving = false;
    refreshDue = true;
    readings++;
    tableCapacity = INITIAL_TABLE;
    for (int size = 0; size <= members.size(); size++) {
      tableCapacity = HashOrder.timelineCapacity(tableCapacity, size);
    }
  }

  /** How often coordinators have read it. */
  int readings() {
    return readings;
  }

  /** Adds the member, or puts what it is now in the place of what it was. */
  void put(ConsumerMember member) {
    tableCapacity = HashOrder.timelineCapacity(tableCapacity, members.size());
    if (!member.equals(members.put(member.memberId(), member.written()))) {
      homogeneous = subscribed().homogeneousWithUnused();
    }
  }

  /** Takes the member out with its target. */
  void remove(String memberId) {
    members.remove(memberId);
    homogeneous = subscribed().homogeneousWithUnused();
    Map<String, Map<Uuid, Set<Integer>>> left = new LinkedHashMap<>(target.assignments());
    left.remove(memberId);
    target = target.with(left);
  }

  /** A static member came back under another id: what the old one was to own is now its. */
  void replace(String oldMemberId, ConsumerMember successor) {
    Map<Uuid, Set<Integer>> inherited = target.of(oldMemberId);
    remove(oldMemberId);
    put(successor);
    Map<String, Map<Uuid, Set<Integer>>> changed = new LinkedHashMap<>(target.assignments());
    changed.put(successor.memberId(), inherited);
    target = target.with(changed);
  }

  void assign(Target next) {
    target = next;
  }

  void beginEpoch(int next, Map<String, Subscribed.Shape> considered) {
    epoch = next;
    shapes = considered;
  }

  void resolve(String regex, ResolvedRegex found) {
    resolved.put(regex, found);
  }

  /** Forgets what patterns stood for to which nobody subscribes any more. */
  void forgetUnusedRegexes() {
    Subscribed now = subscribed();
    resolved.keySet().removeIf(regex -> now.subscribersOf(regex) == 0);
  }

  /** What assignors the members want. */
  AssignorVotes votes() {
    return AssignorVotes.of(members.values());
  }

  @Override
  public CommitCheck checkCommit(
      String memberId, Optional<String> groupInstanceId, int epochSent, boolean transactional) {
    boolean anonymous = epochSent == -1 && memberId.isEmpty() && groupInstanceId.isEmpty();
    if ((epochSent < 0 && isEmpty()) || (transactional && anonymous)) {
      return CommitCheck.PASS;
    }
    ConsumerMember member = member(memberId);
    if (epochSent == member.epoch()) {
      return CommitCheck.PASS;
    }
    if (epochSent > member.epoch()) {
      throw stale("Received member epoch " + epochSent + " is newer than " + member.epoch());
    }
    // An older epoch will do for what the member has had since then or longer (KIP-1251).
    return partition ->
        heldSince(member, partition).filter(since -> epochSent >= since).isPresent()
            ? ErrorCode.NONE
            : ErrorCode.STALE_MEMBER_EPOCH;
  }

  private Optional<Integer> heldSince(ConsumerMember member, TopicPartition partition) {
    return topics
        .find(partition.topic())
        .flatMap(topic -> member.heldSince(new PartitionRef(topic.id(), partition.partition())));
  }

  /**
   * Whether it lets the member read what is committed.
   *
   * @throws Refused if not
   */
  void checkFetch(Optional<String> memberId, int epochSent) {
    if (memberId.isEmpty() && epochSent < 0) {
      return;
    }
    ConsumerMember member = member(memberId.orElse(""));
    if (epochSent != member.epoch()) {
      throw stale("The received member epoch " + epochSent + " does not match " + member.epoch());
    }
  }

  private static Refused stale(String message) {
    return new Refused(ErrorCode.STALE_MEMBER_EPOCH, message + ".");
  }
}
