package io.heddle.simulator.client;

import io.heddle.simulator.protocol.EndTxnRequest;
import io.heddle.simulator.protocol.EndTxnResponse;
import io.heddle.simulator.protocol.ErrorCode;
import org.apache.kafka.common.KafkaException;

/** Commits or aborts the transaction, once everything that was sent in it has ended. */
final class EndTransactionStep extends TransactionStep {
  private final EndTxnRequest request;

  EndTransactionStep(TransactionManager manager, EndTxnRequest request) {
    super(manager, "EndTxn(" + request.committed() + ")", Priority.END_TXN);
    this.request = request;
  }

  @Override
  CoordinatorLink coordinator() {
    return manager().coordinator();
  }

  @Override
  void send(Runnable answered, Runnable disconnected) {
    coordinator()
        .send(
            request,
            EndTxnResponse.class,
            manager().requestTimeoutNanos(),
            response -> {
              handle(response);
              answered.run();
            },
            disconnected);
  }

  private void handle(EndTxnResponse response) {
    ErrorCode error = response.error();
    switch (error) {
      case NONE -> {
        manager().ended(response.producerId(), response.producerEpoch());
        outcome().done();
      }
      case INVALID_TXN_STATE, INVALID_PRODUCER_ID_MAPPING -> fatal(error.exception());
      case UNKNOWN_PRODUCER_ID -> abortable(error.exception());
      case TRANSACTION_ABORTABLE -> {
        if (request.committed()) {
          abortable(error.exception());
        } else {
          fatal(new KafkaException("Failed to abort transaction", error.exception()));
        }
      }
      default -> failed(error, "EndTxnResponse");
    }
  }
}
