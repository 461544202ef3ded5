package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.InitProducerIdRequest;
import io.heddle.simulator.protocol.InitProducerIdResponse;
import java.util.Optional;

/** Asks for an id and epoch, which fences whoever used the transactional id before. */
final class InitTransactionStep extends TransactionStep {
  InitTransactionStep(TransactionManager manager) {
    super(manager, "InitProducerId", Priority.INIT_PRODUCER_ID);
  }

  @Override
  CoordinatorLink coordinator() {
    return manager().coordinator();
  }

  @Override
  void send(Runnable answered, Runnable disconnected) {
    coordinator()
        .send(
            new InitProducerIdRequest(
                Optional.of(manager().transactionalId()), manager().timeoutMs()),
            InitProducerIdResponse.class,
            manager().requestTimeoutNanos(),
            response -> {
              handle(response);
              answered.run();
            },
            disconnected);
  }

  private void handle(InitProducerIdResponse response) {
    if (response.error() == ErrorCode.NONE) {
      manager().initialized(response.producerId(), response.producerEpoch());
      outcome().done();
    } else {
      failed(response.error(), "InitProducerIdResponse");
    }
  }
}
