package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.EndTxnRequest;
import io.heddle.simulator.protocol.ErrorCode;

/**
 * Ends transactions.
 *
 * <p>Models: transaction version 2 (a new epoch with every end, a new id when the epochs are used
 * up), the same request again, old epochs, an abort where nothing was written, the time in which
 * markers are under way and every request is told CONCURRENT_TRANSACTIONS; the reply goes out when
 * the outcome is decided, before the markers.
 *
 * <p>Does not model: transaction versions 0 and 1, which end a transaction without a new epoch;
 * coordinators that move or load and so TRANSACTION_COORDINATOR_FENCED; the time in which the
 * coordinator writes its decision down; two-phase commit; authorization.
 */
final class EndTxnApi implements RequestHandler<EndTxnRequest> {
  private final Coordinators coordinators;
  private final TransactionCoordinator coordinator;

  EndTxnApi(Coordinators coordinators, TransactionCoordinator coordinator) {
    this.coordinators = coordinators;
    this.coordinator = coordinator;
  }

  @Override
  public void handle(Call call, EndTxnRequest request) {
    if (request.transactionalId().isEmpty()) {
      call.reply(request.refusal(ErrorCode.INVALID_REQUEST));
      return;
    }
    ErrorCode error = coordinators.check(call.brokerId(), request.transactionalId());
    call.reply(error == ErrorCode.NONE ? coordinator.end(request) : request.refusal(error));
  }
}
