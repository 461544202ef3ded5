package io.heddle.engine;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What to do about an exception of a transactional producer. */
enum TransactionResponse {
  /** Its outcome is not known: the same call is made again, and goes on waiting. */
  CALL_AGAIN,
  /**
   * The transaction is aborted, and what it was about is done again. A static member that is fenced
   * hears so by its consumer, which stops the source; the same answer here may only say that the
   * member has joined again meanwhile, under a new id.
   */
  ABORT,
  /** The producer cannot be used any more. */
  NEW_PRODUCER,
  /** This record can never be written. */
  REFUSED,
  /** The source cannot go on. */
  STOP;

  /** The one place where the producer's exceptions are told apart. */
  static TransactionResponse to(Exception failure) {
    Exception why = unwrap(failure);
    if (why instanceof ProducerFencedException || why instanceof InvalidPidMappingException) {
      return NEW_PRODUCER;
    }
    if (why instanceof RecordTooLargeException
        || why instanceof RecordBatchTooLargeException
        || why instanceof InvalidTopicException
        || why instanceof InvalidTimestampException
        || why instanceof PolicyViolationException
        || why instanceof SerializationException) {
      return REFUSED;
    }
    if (why instanceof AuthorizationException
        || why instanceof AuthenticationException
        || why instanceof UnsupportedVersionException
        || why instanceof UnsupportedForMessageFormatException) {
      return STOP;
    }
    return failure instanceof TimeoutException ? CALL_AGAIN : ABORT;
  }

  /** A producer that is in an error says so, with the error as the cause. */
  private static Exception unwrap(Exception failure) {
    boolean wrapper = failure.getClass() == KafkaException.class;
    return wrapper && failure.getCause() instanceof Exception cause ? cause : failure;
  }
}
