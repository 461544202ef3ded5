package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FindCoordinatorRequest;
import io.heddle.simulator.protocol.FindCoordinatorResponse;

/**
 * Says which broker coordinates a group or a producer's transactions.
 *
 * <p>Models: Kafka's choice, by the hash of the group's or the transactional id among 50 partitions
 * of the offsets topic or the topic of transactions.
 *
 * <p>Does not model: several keys in one request, coordinators of share groups, the first request
 * of all, which creates the topic and is told COORDINATOR_NOT_AVAILABLE, coordinators that move or
 * load.
 */
final class FindCoordinatorApi implements RequestHandler<FindCoordinatorRequest> {
  private final Coordinators coordinators;

  FindCoordinatorApi(Coordinators coordinators) {
    this.coordinators = coordinators;
  }

  @Override
  public void handle(Call call, FindCoordinatorRequest request) {
    call.reply(new FindCoordinatorResponse(ErrorCode.NONE, coordinators.of(request.key())));
  }
}
