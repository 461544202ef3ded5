package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListGroupsRequest;
import io.heddle.simulator.protocol.ListGroupsResponse;
import io.heddle.simulator.protocol.ListGroupsResponse.ListedGroup;

/**
 * Lists the groups that the asked broker coordinates.
 *
 * <p>Models: classic groups, those that only commit offsets included.
 *
 * <p>Does not model: filters by state and type.
 */
final class ListGroupsApi implements RequestHandler<ListGroupsRequest> {
  private final Coordinators coordinators;
  private final Groups groups;

  ListGroupsApi(Coordinators coordinators, Groups groups) {
    this.coordinators = coordinators;
    this.groups = groups;
  }

  @Override
  public void handle(Call call, ListGroupsRequest request) {
    call.reply(
        new ListGroupsResponse(
            ErrorCode.NONE,
            groups.all().stream()
                .filter(group -> coordinators.isAt(call.brokerId(), group.groupId()))
                .map(
                    group ->
                        new ListedGroup(
                            group.groupId(), group.protocolType(), group.state().title()))
                .toList()));
  }
}
