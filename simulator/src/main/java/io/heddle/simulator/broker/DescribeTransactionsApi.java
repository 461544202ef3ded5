package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.DescribeTransactionsRequest;
import io.heddle.simulator.protocol.DescribeTransactionsResponse;
import io.heddle.simulator.protocol.DescribeTransactionsResponse.DescribedTransaction;
import io.heddle.simulator.protocol.ErrorCode;

/**
 * Tells of transactional ids.
 *
 * <p>Models: producer, state, time-out, start and partitions, the offsets partitions of groups
 * among them; partitions leave as their markers are written.
 *
 * <p>Does not model: authorization.
 */
final class DescribeTransactionsApi implements RequestHandler<DescribeTransactionsRequest> {
  private final Coordinators coordinators;
  private final TransactionCoordinator coordinator;

  DescribeTransactionsApi(Coordinators coordinators, TransactionCoordinator coordinator) {
    this.coordinators = coordinators;
    this.coordinator = coordinator;
  }

  @Override
  public void handle(Call call, DescribeTransactionsRequest request) {
    call.reply(
        new DescribeTransactionsResponse(
            request.transactionalIds().stream().map(id -> describe(call.brokerId(), id)).toList()));
  }

  private DescribedTransaction describe(int brokerId, String transactionalId) {
    if (transactionalId.isEmpty()) {
      return DescribedTransaction.refused(transactionalId, ErrorCode.INVALID_REQUEST);
    }
    ErrorCode error = coordinators.check(brokerId, transactionalId);
    if (error != ErrorCode.NONE) {
      return DescribedTransaction.refused(transactionalId, error);
    }
    return coordinator
        .find(transactionalId)
        .map(DescribeTransactionsApi::found)
        .orElse(
            DescribedTransaction.refused(transactionalId, ErrorCode.TRANSACTIONAL_ID_NOT_FOUND));
  }

  private static DescribedTransaction found(TransactionMetadata transaction) {
    return new DescribedTransaction(
        ErrorCode.NONE,
        transaction.transactionalId(),
        transaction.state().title(),
        transaction.timeoutMs(),
        transaction.startMillis(),
        transaction.producerId(),
        transaction.epoch(),
        transaction.partitions());
  }
}
