package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListTransactionsRequest;
import io.heddle.simulator.protocol.ListTransactionsResponse;
import io.heddle.simulator.protocol.ListTransactionsResponse.ListedTransaction;

/**
 * Lists the transactional ids that the asked broker coordinates.
 *
 * <p>Models: producer and state of each.
 *
 * <p>Does not model: filters by producer, state, duration and name.
 */
final class ListTransactionsApi implements RequestHandler<ListTransactionsRequest> {
  private final Coordinators coordinators;
  private final TransactionCoordinator coordinator;

  ListTransactionsApi(Coordinators coordinators, TransactionCoordinator coordinator) {
    this.coordinators = coordinators;
    this.coordinator = coordinator;
  }

  @Override
  public void handle(Call call, ListTransactionsRequest request) {
    call.reply(
        new ListTransactionsResponse(
            ErrorCode.NONE,
            coordinator.all().stream()
                .filter(it -> coordinators.isAt(call.brokerId(), it.transactionalId()))
                .map(
                    it ->
                        new ListedTransaction(
                            it.transactionalId(), it.producerId(), it.state().title()))
                .toList()));
  }
}
