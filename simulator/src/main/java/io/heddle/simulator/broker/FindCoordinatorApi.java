package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FindCoordinatorRequest;
import io.heddle.simulator.protocol.FindCoordinatorResponse;

/**
 * Says which broker coordinates a group or a producer's transactions.
 *
 * <p>Models: Kafka's choice, by the hash of the group's or the transactional id among 50 partitions
 * of the offsets topic or the topic of transactions; coordinators that have moved, and
 * COORDINATOR_NOT_AVAILABLE while nobody leads that partition.
 *
 * <p>Does not model: several keys in one request, coordinators of share groups, the first request
 * of all, which creates the topic and is told COORDINATOR_NOT_AVAILABLE.
 */
final class FindCoordinatorApi implements RequestHandler<FindCoordinatorRequest> {
  private final Coordinators groups;
  private final Coordinators transactions;

  FindCoordinatorApi(Coordinators groups, Coordinators transactions) {
    this.groups = groups;
    this.transactions = transactions;
  }

  @Override
  public void handle(Call call, FindCoordinatorRequest request) {
    Coordinators seats =
        request.keyType() == FindCoordinatorRequest.KeyType.TRANSACTION ? transactions : groups;
    int leader = seats.of(request.key());
    call.reply(
        leader == Partition.NO_LEADER
            ? new FindCoordinatorResponse(ErrorCode.COORDINATOR_NOT_AVAILABLE, -1)
            : new FindCoordinatorResponse(ErrorCode.NONE, leader));
  }
}
