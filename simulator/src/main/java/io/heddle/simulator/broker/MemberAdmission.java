package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which member of a consumer group a heartbeat is from, and whether it may be. */
final class MemberAdmission {
  private MemberAdmission() {}

  /** The static member whose place a member that joins takes, if it may. */
  static Optional<ConsumerMember> replacedBy(
      ConsumerGroupHeartbeatRequest request, ConsumerGroup group) {
    Optional<ConsumerMember> known = request.instanceId().flatMap(group::findStatic);
    if (known.isPresent() && !known.get().isAway()) {
      throw new Refused(
          ErrorCode.UNRELEASED_INSTANCE_ID,
          "Static member "
              + request.memberId()
              + " with instance id "
              + request.instanceId().orElse("")
              + " cannot join the group because the instance id is owned by "
              + known.get().memberId()
              + " member.");
    }
    return known;
  }

  /** The member that a heartbeat is from, which is new if it joins. */
  static ConsumerMember knownOrNew(
      Caller caller, ConsumerGroupHeartbeatRequest request, ConsumerGroup group, boolean joins) {
    if (joins) {
      return group
          .find(request.memberId())
          .orElseGet(() -> ConsumerMember.joining(request.memberId(), caller));
    }
    ConsumerMember member = group.memberOf(request.memberId(), request.instanceId());
    checkEpoch(member, request);
    return member;
  }

  /** An older epoch will do if the answer with the newer one may have been lost. */
  private static void checkEpoch(ConsumerMember member, ConsumerGroupHeartbeatRequest request) {
    int sent = request.memberEpoch();
    if (sent == member.epoch()) {
      return;
    }
    boolean answerLost =
        sent < member.epoch()
            && sent == member.previousEpoch()
            && owned(request)
                .map(owned -> member.assigned().keySet().containsAll(owned))
                .orElse(false);
    if (!answerLost) {
      throw new Refused(
          ErrorCode.FENCED_MEMBER_EPOCH,
          "The consumer group member has a "
              + (sent > member.epoch() ? "greater" : "smaller")
              + " member epoch ("
              + sent
              + ") than the one known by the group coordinator ("
              + member.epoch()
              + "). The member must abandon all its partitions and rejoin.");
    }
  }

  /** The partitions that the member says it owns, if it says so. */
  static Optional<Set<PartitionRef>> owned(ConsumerGroupHeartbeatRequest request) {
    return request
        .topicPartitions()
        .map(
            owned -> {
              Set<PartitionRef> partitions = new TreeSet<>();
              owned.forEach(
                  (topic, numbers) ->
                      numbers.forEach(each -> partitions.add(new PartitionRef(topic, each))));
              return partitions;
            });
  }
}
