package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;

/** A request of a transactional producer; one is under way at a time, the others wait. */
abstract sealed class TransactionStep
    permits InitTransactionStep, OffsetsTransactionStep, EndTransactionStep {
  /** Which requests go first; those of one priority go in the order in which they were made. */
  enum Priority {
    INIT_PRODUCER_ID,
    ADD_OFFSETS,
    END_TXN
  }

  private final TransactionManager manager;
  private final TransactionOutcome outcome;
  private final Priority priority;

  TransactionStep(TransactionManager manager, String operation, Priority priority) {
    this.manager = manager;
    this.outcome = new TransactionOutcome(operation);
    this.priority = priority;
  }

  TransactionManager manager() {
    return manager;
  }

  TransactionOutcome outcome() {
    return outcome;
  }

  Priority priority() {
    return priority;
  }

  /** Who answers it. */
  abstract CoordinatorLink coordinator();

  /** Sends it to the coordinator, which is known; one of the two is called. */
  abstract void send(Runnable answered, Runnable disconnected);

  /** Deals with an error in the way that is common to all requests. */
  final void failed(ErrorCode error, String response) {
    switch (error) {
      case COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR -> {
        coordinator().forget();
        manager.again(this);
      }
      case INVALID_PRODUCER_EPOCH, PRODUCER_FENCED -> fatal(ErrorCode.PRODUCER_FENCED.exception());
      case TRANSACTION_ABORTABLE -> abortable(error.exception());
      default -> {
        if (error.exception() instanceof RetriableException) {
          manager.again(this);
        } else {
          fatal(new KafkaException("Unexpected error in " + response + "; " + error.name()));
        }
      }
    }
  }

  /** Nothing can be done any more with this producer. */
  final void fatal(RuntimeException cause) {
    outcome.fail(cause);
    manager.fatal(cause);
  }

  /** The transaction has to be aborted. */
  final void abortable(RuntimeException cause) {
    outcome.fail(cause);
    manager.abortable(cause);
  }
}
