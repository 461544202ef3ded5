package io.heddle.simulator.broker;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatResponse;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Leads consumer groups (KIP-848): takes in what members want, makes target assignments, moves each
 * member towards its target with its own heartbeats, and removes whoever is not heard of or does
 * not give up what it has to.
 */
final class ConsumerGroupCoordinator {
  private final Groups groups;
  private final GroupTimers timers;
  private final ConsumerGroupSettings settings;
  private final Topics topics;
  private final Surroundings surroundings;
  private final RegexResolution regexes;

  ConsumerGroupCoordinator(
      Groups groups,
      GroupTimers timers,
      ConsumerGroupSettings settings,
      Topics topics,
      Surroundings surroundings) {
    this.groups = groups;
    this.timers = timers;
    this.settings = settings;
    this.topics = topics;
    this.surroundings = surroundings;
    this.regexes = new RegexResolution(groups, topics, settings, surroundings);
  }

  ConsumerGroupSettings settings() {
    return settings;
  }

  /**
   * Serves a heartbeat with which a member stays in its group or joins it.
   *
   * @throws Refused if it may not
   */
  ConsumerGroupHeartbeatResponse heartbeat(Caller caller, ConsumerGroupHeartbeatRequest request) {
    boolean joins = request.memberEpoch() == ConsumerGroupHeartbeatRequest.JOIN_EPOCH;
    ConsumerGroup group = groupFor(request.groupId(), joins);
    group.noteTopics();
    if (group.members().size() >= settings.maxSize() && group.find(request.memberId()).isEmpty()) {
      throw new Refused(
          ErrorCode.GROUP_MAX_SIZE_REACHED,
          "The consumer group has reached its maximum capacity of "
              + settings.maxSize()
              + " members.");
    }
    Optional<ConsumerMember> replaced =
        joins ? MemberAdmission.replacedBy(request, group) : Optional.empty();
    ConsumerMember member =
        replaced
            .map(old -> old.returning(request.memberId()))
            .orElseGet(() -> MemberAdmission.knownOrNew(caller, request, group, joins));
    ConsumerMember updated = member.updated(request, caller);
    boolean namesChanged = !updated.topics().equals(member.topics());
    RegexResolution.Change regexChange = regexes.change(group, member, updated);

    Subscribed then =
        new Subscribed(membersWith(group, replaced, updated).values(), group.resolved());
    boolean newRegex =
        regexChange == RegexResolution.Change.UNRESOLVED
            && group.subscribed().subscribersOf(updated.regex()) == 0;
    regexes.resolveIfDue(group, newRegex, then.regexes());
    boolean changed = namesChanged || regexChange == RegexResolution.Change.RESOLVED;
    boolean looked = changed || group.refreshDue();
    Map<String, Subscribed.Shape> shapes = looked ? then.shapes(topics) : group.shapes();
    boolean newEpoch = changed || !shapes.equals(group.shapes());
    int epoch = newEpoch ? group.epoch() + 1 : group.epoch();
    boolean homogeneous = looked ? then.homogeneous() : group.homogeneous();
    String assignor = group.votes().preferredOnce(member, updated);

    admit(group, replaced, updated, newEpoch, epoch, shapes);
    if (looked) {
      group.refreshed();
    }
    if (group.target().epoch() < epoch && mayAssignNow(group)) {
      group.assign(
          new TargetAssignment(group, assignor, then, topics).make(epoch, nowMs(), homogeneous));
    }
    group.forgetUnusedRegexes();
    ConsumerMember next =
        reconcile(
            group, updated, request, namesChanged || regexChange != RegexResolution.Change.NONE);
    group.put(next);
    startTimers(group, updated, next);
    return answer(request, member, next);
  }

  private ConsumerGroup groupFor(String groupId, boolean joins) {
    Group known = groups.find(groupId).orElse(null);
    if (known instanceof ConsumerGroup group) {
      return group;
    }
    if (known == null && !joins) {
      throw notFound("Consumer group " + groupId + " not found.");
    }
    if (known != null && !joins) {
      throw notFound("Group " + groupId + " is not a consumer group.");
    }
    if (known != null && !known.isEmpty()) {
      refuseMigration(groupId);
      throw notFound(
          "Cannot upgrade classic group "
              + groupId
              + " to consumer group because online upgrade is disabled.");
    }
    return new ConsumerGroup(groupId, topics);
  }

  /** The simulator says so rather than mix protocols in one group, unless Kafka would refuse it. */
  void refuseMigration(String groupId) {
    if (settings.migration() != ConsumerGroupSettings.Migration.DISABLED) {
      throw new UnsupportedOperationException(
          "group "
              + groupId
              + " has members of another protocol: changing a group's protocol while it has"
              + " members (group.consumer.migration.policy) is not modelled");
    }
  }

  private static Refused notFound(String message) {
    return new Refused(ErrorCode.GROUP_ID_NOT_FOUND, message);
  }

  private static Map<String, ConsumerMember> membersWith(
      ConsumerGroup group, Optional<ConsumerMember> replaced, ConsumerMember updated) {
    Map<String, ConsumerMember> members = new LinkedHashMap<>();
    for (String memberId : group.memberIdsInTableOrder()) {
      members.put(memberId, group.member(memberId));
    }
    replaced.ifPresent(old -> members.remove(old.memberId()));
    members.put(updated.memberId(), updated);
    return members;
  }

  private void admit(
      ConsumerGroup group,
      Optional<ConsumerMember> replaced,
      ConsumerMember updated,
      boolean newEpoch,
      int epoch,
      Map<String, Subscribed.Shape> shapes) {
    if (groups.findConsumer(group.groupId()).isEmpty()) {
      // In the place of an empty classic group, if there was one; its offsets stay.
      timers.cancelAllOf(group.groupId());
      groups.put(group);
    }
    if (replaced.isPresent()) {
      timers.cancelAllOf(group.groupId(), replaced.get().memberId());
      group.replace(replaced.get().memberId(), updated);
    } else {
      group.put(updated);
    }
    if (newEpoch) {
      group.beginEpoch(epoch, shapes);
    }
  }

  private boolean mayAssignNow(ConsumerGroup group) {
    OptionalLong last = group.target().madeAtMs();
    return last.isEmpty()
        || settings.assignmentIntervalMs() == 0
        || nowMs() >= last.getAsLong() + settings.assignmentIntervalMs();
  }

  private long nowMs() {
    return surroundings.wallMillis();
  }

  private ConsumerMember reconcile(
      ConsumerGroup group,
      ConsumerMember updated,
      ConsumerGroupHeartbeatRequest request,
      boolean subscriptionChanged) {
    if (!subscriptionChanged && updated.isReconciledTo(group.target().epoch())) {
      return updated;
    }
    Set<PartitionRef> target = new TreeSet<>();
    group
        .target()
        .of(updated.memberId())
        .forEach(
            (topic, numbers) -> numbers.forEach(each -> target.add(new PartitionRef(topic, each))));
    return new Reconciliation(
            updated,
            group.target().epoch(),
            target,
            group.subscribed().topicIdsOf(updated, topics),
            group.subscribed().namesOf(updated).isEmpty(),
            subscriptionChanged,
            MemberAdmission.owned(request),
            group::isHeld)
        .next();
  }

  private void startTimers(ConsumerGroup group, ConsumerMember before, ConsumerMember now) {
    String memberId = now.memberId();
    if (!now.equals(before)) {
      if (now.state() == ConsumerMember.State.UNREVOKED_PARTITIONS) {
        startRebalanceTimer(group, now);
      } else {
        timers.cancel(GroupTimers.Key.rebalance(group.groupId(), memberId));
      }
    }
    startSession(group, memberId);
  }

  /** As whoever begins to coordinate the group does. */
  void restartTimers(ConsumerGroup group) {
    for (ConsumerMember member : group.members()) {
      startSession(group, member.memberId());
      if (member.state() == ConsumerMember.State.UNREVOKED_PARTITIONS) {
        startRebalanceTimer(group, member);
      }
    }
  }

  private void startRebalanceTimer(ConsumerGroup group, ConsumerMember member) {
    String memberId = member.memberId();
    timers.start(
        GroupTimers.Key.rebalance(group.groupId(), memberId),
        member.rebalanceTimeoutMs(),
        () -> {
          if (group.find(memberId).filter(it -> it.epoch() == member.epoch()).isPresent()) {
            fence(group, memberId, "rebalance timeout");
          }
        });
  }

  private void startSession(ConsumerGroup group, String memberId) {
    timers.start(
        GroupTimers.Key.session(group.groupId(), memberId),
        settings.sessionTimeoutMs(),
        () -> fence(group, memberId, "session timeout"));
  }

  private ConsumerGroupHeartbeatResponse answer(
      ConsumerGroupHeartbeatRequest request, ConsumerMember before, ConsumerMember now) {
    boolean full =
        request.rebalanceTimeoutMs() != -1
            && (request.subscribedTopicNames().isPresent()
                || request.subscribedTopicRegex().isPresent())
            && request.topicPartitions().isPresent();
    boolean told =
        request.memberEpoch() == ConsumerGroupHeartbeatRequest.JOIN_EPOCH
            || full
            || !now.assigned().equals(before.assigned());
    return new ConsumerGroupHeartbeatResponse(
        ErrorCode.NONE,
        "",
        now.memberId(),
        now.epoch(),
        settings.heartbeatIntervalMs(),
        told ? Optional.of(byTopic(now.assigned().keySet())) : Optional.empty());
  }

  static Map<Uuid, List<Integer>> byTopic(Set<PartitionRef> partitions) {
    Map<Uuid, List<Integer>> byTopic = new LinkedHashMap<>();
    for (PartitionRef each : partitions) {
      byTopic.computeIfAbsent(each.topicId(), it -> new ArrayList<>()).add(each.partition());
    }
    return byTopic;
  }

  /**
   * Serves a heartbeat with which a member leaves.
   *
   * @throws Refused if there is no such member
   */
  ConsumerGroupHeartbeatResponse leave(ConsumerGroupHeartbeatRequest request) {
    ConsumerGroup group =
        groups
            .findConsumer(request.groupId())
            .orElseThrow(
                () -> notFound("Group " + request.groupId() + " is not a consumer group."));
    ConsumerMember member = group.memberOf(request.memberId(), request.instanceId());
    if (request.instanceId().isPresent()
        && request.memberEpoch() == ConsumerGroupHeartbeatRequest.LEAVE_STATIC_EPOCH) {
      group.put(member.leftForAWhile());
      timers.cancel(GroupTimers.Key.rebalance(group.groupId(), member.memberId()));
    } else {
      remove(group, Set.of(member.memberId()));
    }
    return new ConsumerGroupHeartbeatResponse(
        ErrorCode.NONE, "", request.memberId(), request.memberEpoch(), 0, Optional.empty());
  }

  /** Takes members out, and begins an epoch without them. */
  void remove(ConsumerGroup group, Set<String> memberIds) {
    if (memberIds.isEmpty()) {
      return;
    }
    group.noteTopics();
    for (String memberId : memberIds) {
      group.remove(memberId);
      timers.cancelAllOf(group.groupId(), memberId);
    }
    group.forgetUnusedRegexes();
    group.beginEpoch(group.epoch() + 1, group.subscribed().shapes(topics));
  }

  /** Takes a member out that did not ask for it: it has lost what it worked on. */
  void fence(ConsumerGroup group, String memberId, String reason) {
    group.find(memberId).ifPresent(member -> tellLost(member, reason));
    remove(group, Set.of(memberId));
  }

  /** Takes the members of a process out as if their sessions had ended; tells whether any was. */
  boolean fence(ConsumerGroup group, Member process) {
    List<String> memberIds =
        group.members().stream()
            .filter(it -> it.caller().member().equals(process))
            .map(ConsumerMember::memberId)
            .toList();
    memberIds.forEach(memberId -> fence(group, memberId, "fenced"));
    return !memberIds.isEmpty();
  }

  /** Notes that the member has lost what it worked on, without having been asked. */
  void tellLost(ConsumerMember member, String reason) {
    List<TopicPartition> partitions = topics.named(member.held());
    if (!partitions.isEmpty()) {
      surroundings.record(
          Fact.Lost.decided(
              surroundings.nanoTime(),
              member.caller().member(),
              partitions,
              reason,
              member.epoch()));
    }
  }

  /** Makes an empty group as if it had never been. */
  void delete(ConsumerGroup group) {
    timers.cancelAllOf(group.groupId());
    groups.remove(group);
  }

  /** An empty group makes way for a classic one, should that come into being. */
  void makeWay(ConsumerGroup group) {
    timers.cancelAllOf(group.groupId());
    groups.makeWay(group);
  }

  /** Begins an epoch, as a change of the membership would. */
  void beginEpoch(ConsumerGroup group) {
    group.beginEpoch(group.epoch() + 1, group.shapes());
  }
}
