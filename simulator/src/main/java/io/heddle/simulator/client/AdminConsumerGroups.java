package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ConsumerGroupDescribeRequest;
import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse;
import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse.DescribedGroup;
import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse.DescribedMember;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;

/** An admin client's view of groups of the consumer protocol (KIP-848). */
final class AdminConsumerGroups {
  private final AdminCalls calls;

  AdminConsumerGroups(AdminCalls calls) {
    this.calls = calls;
  }

  /** Describes groups; one of another protocol fails with GROUP_ID_NOT_FOUND. */
  Map<String, AdminOutcome<ConsumerGroupDescription>> describe(
      Collection<String> groups, List<Node> brokers, long deadlineNanos) {
    return calls.run(
        "describeConsumerGroups",
        deadlineNanos,
        groups,
        AdminRoute.toCoordinator(),
        new AdminStep<>(
            ConsumerGroupDescribeResponse.class,
            true,
            ConsumerGroupDescribeRequest::new,
            (response, call) -> response.groups().forEach(group -> read(group, brokers, call))));
  }

  private static void read(
      DescribedGroup group, List<Node> brokers, AdminCall<String, ConsumerGroupDescription> call) {
    String groupId = group.groupId();
    if (group.error() == ErrorCode.NONE) {
      Node coordinator = AdminTopics.node(brokers, call.brokerOf(groupId));
      call.done(groupId, description(group, coordinator));
    } else {
      AdminGroups.readGroupError(groupId, group.error(), call);
    }
  }

  private static ConsumerGroupDescription description(
      DescribedGroup group, @Nullable Node coordinator) {
    return new ConsumerGroupDescription(
        group.groupId(),
        false,
        group.members().stream().map(AdminConsumerGroups::description).toList(),
        group.assignorName(),
        GroupType.CONSUMER,
        GroupState.parse(group.groupState()),
        coordinator,
        null,
        Optional.of(group.groupEpoch()),
        Optional.of(group.assignmentEpoch()));
  }

  /** A member; see {@link AdminGroups} for the suppression. */
  @SuppressWarnings("removal")
  private static MemberDescription description(DescribedMember member) {
    return new MemberDescription(
        member.memberId(),
        member.instanceId(),
        member.clientId(),
        member.clientHost(),
        new OrderedAssignment(member.assignment()),
        Optional.of(new OrderedAssignment(member.targetAssignment())),
        Optional.of(member.memberEpoch()),
        Optional.of(true));
  }
}
