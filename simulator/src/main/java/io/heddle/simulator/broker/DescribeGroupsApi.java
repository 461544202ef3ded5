package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.DescribeGroupsRequest;
import io.heddle.simulator.protocol.DescribeGroupsResponse;
import io.heddle.simulator.protocol.DescribeGroupsResponse.DescribedGroup;
import io.heddle.simulator.protocol.DescribeGroupsResponse.DescribedMember;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.GroupBytes;
import java.util.List;

/**
 * Describes groups.
 *
 * <p>Models: state, protocol, members and assignments; subscriptions and the protocol's name only
 * while the group is stable; unknown groups and consumer groups as dead ones that were not found
 * (version 6).
 *
 * <p>Does not model: authorized operations.
 */
final class DescribeGroupsApi implements RequestHandler<DescribeGroupsRequest> {
  private final Coordinators coordinators;
  private final Groups groups;

  DescribeGroupsApi(Coordinators coordinators, Groups groups) {
    this.coordinators = coordinators;
    this.groups = groups;
  }

  @Override
  public void handle(Call call, DescribeGroupsRequest request) {
    call.reply(
        new DescribeGroupsResponse(
            request.groups().stream().map(groupId -> describe(call.brokerId(), groupId)).toList()));
  }

  private DescribedGroup describe(int brokerId, String groupId) {
    ErrorCode error = coordinators.check(brokerId, groupId);
    if (error != ErrorCode.NONE) {
      return nothing(groupId, error, "");
    }
    ClassicGroup group = groups.findClassic(groupId).orElse(null);
    if (group == null) {
      return nothing(groupId, ErrorCode.GROUP_ID_NOT_FOUND, GroupState.DEAD.title());
    }
    boolean stable = group.is(GroupState.STABLE);
    List<DescribedMember> members =
        group.members().stream()
            .map(
                member ->
                    new DescribedMember(
                        member.memberId(),
                        member.groupInstanceId(),
                        member.caller().clientId(),
                        member.caller().clientHost(),
                        stable ? member.metadata(group.protocolName()) : GroupBytes.EMPTY,
                        member.assignment()))
            .toList();
    return new DescribedGroup(
        ErrorCode.NONE,
        groupId,
        group.state().title(),
        group.protocolType(),
        stable ? group.protocolName() : "",
        members);
  }

  private static DescribedGroup nothing(String groupId, ErrorCode error, String state) {
    return new DescribedGroup(error, groupId, state, "", "", List.of());
  }
}
