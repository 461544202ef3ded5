package io.heddle.simulator.client;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.jspecify.annotations.Nullable;

/** What an error means to a transactional producer, and how it tells of it. */
final class TransactionErrors {
  private TransactionErrors() {}

  /** Whether nothing can be done any more with a producer that could not send for that reason. */
  static boolean isFatal(RuntimeException cause) {
    return cause instanceof ProducerFencedException || cause instanceof InvalidPidMappingException;
  }

  /** Why a transaction has to be aborted in which a record could not be sent. */
  static RuntimeException abortable(RuntimeException cause) {
    return cause instanceof RetriableException || cause instanceof InvalidTxnStateException
        ? new TransactionAbortableException(
            "Transaction Request was aborted after exhausting retries.", cause)
        : cause;
  }

  /** What a call is told while the producer is in that error. */
  static RuntimeException refusal(
      String transactionalId, ProducerIdentity identity, @Nullable RuntimeException error) {
    String who = "Producer with transactionalId '" + transactionalId + "' and " + identity;
    if (error instanceof ProducerFencedException) {
      return new ProducerFencedException(
          who + " has been fenced by another producer with the same transactionalId");
    }
    if (error instanceof InvalidProducerEpochException) {
      return new InvalidProducerEpochException(who + " attempted to produce with an old epoch");
    }
    if (error instanceof IllegalStateException) {
      return new IllegalStateException(
          who
              + " cannot execute transactional method because of previous invalid state transition"
              + " attempt",
          error);
    }
    return new KafkaException(
        "Cannot execute transactional method because we are in an error state", error);
  }
}
