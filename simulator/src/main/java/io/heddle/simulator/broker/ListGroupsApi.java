package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListGroupsRequest;
import io.heddle.simulator.protocol.ListGroupsResponse;
import io.heddle.simulator.protocol.ListGroupsResponse.ListedGroup;

/**
 * Lists the groups that the asked broker coordinates.
 *
 * <p>Models: classic groups, those that only commit offsets included, and consumer groups, each
 * with its type.
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
    if (coordinators.isLoading(call.brokerId())) {
      call.reply(request.refusal(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS));
      return;
    }
    call.reply(
        new ListGroupsResponse(
            ErrorCode.NONE,
            groups.all().stream()
                .filter(group -> coordinators.of(group.groupId()) == call.brokerId())
                .map(
                    group ->
                        new ListedGroup(
                            group.groupId(),
                            group.protocolType(),
                            group.stateTitle(),
                            group.typeTitle()))
                .toList()));
  }
}
