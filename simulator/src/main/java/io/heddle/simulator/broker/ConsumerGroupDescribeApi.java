package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ConsumerGroupDescribeRequest;
import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse;
import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse.DescribedGroup;
import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse.DescribedMember;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;

/**
 * Describes consumer groups.
 *
 * <p>Models: state, epochs, assignor, and each member's subscription, assignment (with what it has
 * yet to give up) and target; groups that are unknown or classic are not found.
 *
 * <p>Does not model: authorized operations, members that speak the classic protocol.
 */
final class ConsumerGroupDescribeApi implements RequestHandler<ConsumerGroupDescribeRequest> {
  private final Coordinators coordinators;
  private final Groups groups;
  private final Topics topics;

  ConsumerGroupDescribeApi(Coordinators coordinators, Groups groups, Topics topics) {
    this.coordinators = coordinators;
    this.groups = groups;
    this.topics = topics;
  }

  @Override
  public void handle(Call call, ConsumerGroupDescribeRequest request) {
    call.reply(
        new ConsumerGroupDescribeResponse(
            request.groupIds().stream().map(id -> describe(call.brokerId(), id)).toList()));
  }

  private DescribedGroup describe(int brokerId, String groupId) {
    if (groupId.isEmpty()) {
      return failure(groupId, ErrorCode.INVALID_GROUP_ID, "");
    }
    ErrorCode refused = coordinators.check(brokerId, groupId);
    if (refused != ErrorCode.NONE) {
      return failure(groupId, refused, "");
    }
    Group known = groups.find(groupId).orElse(null);
    if (known instanceof ConsumerGroup group) {
      return new DescribedGroup(
          ErrorCode.NONE,
          "",
          groupId,
          group.stateTitle(),
          group.epoch(),
          group.target().epoch(),
          group.votes().preferred(),
          group.members().stream().map(member -> describe(group, member)).toList());
    }
    return failure(
        groupId,
        ErrorCode.GROUP_ID_NOT_FOUND,
        known == null
            ? "Group " + groupId + " not found."
            : "Group " + groupId + " is not a consumer group.");
  }

  private DescribedMember describe(ConsumerGroup group, ConsumerMember member) {
    return new DescribedMember(
        member.memberId(),
        member.instanceId(),
        member.rackId(),
        member.epoch(),
        member.caller().clientId(),
        member.caller().clientHost(),
        List.copyOf(member.topics()),
        member.regex(),
        topics.named(member.held()),
        topics.named(refs(group.target().of(member.memberId()))));
  }

  private static Set<PartitionRef> refs(Map<Uuid, Set<Integer>> target) {
    Set<PartitionRef> refs = new TreeSet<>();
    target.forEach(
        (topic, numbers) -> numbers.forEach(each -> refs.add(new PartitionRef(topic, each))));
    return refs;
  }

  private static DescribedGroup failure(String groupId, ErrorCode error, String message) {
    return ConsumerGroupDescribeResponse.failure(groupId, error, message);
  }
}
