package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.InitProducerIdRequest;
import io.heddle.simulator.protocol.InitProducerIdResponse;
import java.util.Optional;

/**
 * Hands out the ids and epochs of producers.
 *
 * <p>Models: ids that no producer had before, in blocks of a thousand for each broker, with epoch
 * 0, for idempotent producers; for transactional ids a new epoch with each request, which fences
 * whoever has the one before and aborts its transaction (the request is told
 * CONCURRENT_TRANSACTIONS until that is done), a new id when the epochs are used up, the limit for
 * time-outs, a producer that names the id and epoch it has.
 *
 * <p>Does not model: the expiry of transactional ids, coordinators that move or load, two-phase
 * commit, authorization.
 */
final class InitProducerIdApi implements RequestHandler<InitProducerIdRequest> {
  private final ProducerIds producerIds;
  private final Coordinators coordinators;
  private final TransactionCoordinator transactions;

  InitProducerIdApi(
      ProducerIds producerIds, Coordinators coordinators, TransactionCoordinator transactions) {
    this.producerIds = producerIds;
    this.coordinators = coordinators;
    this.transactions = transactions;
  }

  @Override
  public void handle(Call call, InitProducerIdRequest request) {
    if (request.transactionalId().isEmpty()) {
      long id = producerIds.newId(call.brokerId());
      call.reply(new InitProducerIdResponse(ErrorCode.NONE, id, (short) 0));
      return;
    }
    String transactionalId = request.transactionalId().get();
    boolean hasId = request.producerId() >= 0;
    if (transactionalId.isEmpty() || hasId != (request.producerEpoch() >= 0)) {
      call.reply(request.refusal(ErrorCode.INVALID_REQUEST));
      return;
    }
    ErrorCode error = coordinators.check(call.brokerId(), transactionalId);
    if (error != ErrorCode.NONE) {
      call.reply(request.refusal(error));
    } else {
      call.reply(
          transactions.initialize(
              transactionalId,
              request.transactionTimeoutMs(),
              hasId
                  ? Optional.of(
                      new ProducerIdAndEpoch(request.producerId(), request.producerEpoch()))
                  : Optional.empty()));
    }
  }
}
