package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ProduceResponse;
import org.apache.kafka.common.errors.RetriableException;

/** What a producer makes of the answer to a batch, as kafka-clients' sender does. */
enum BatchVerdict {
  ACKNOWLEDGED,
  /** It was there before; where is not known. */
  KNOWN,
  /** It goes again in smaller ones. */
  SPLIT,
  RETRY,
  /** What was numbered in this epoch cannot go on; all goes again in the next. */
  RETRY_IN_NEW_EPOCH,
  GIVE_UP;

  static BatchVerdict of(
      PendingBatch batch,
      PartitionQueue queue,
      ProduceResponse.PartitionResult result,
      boolean transactional) {
    boolean numbered = batch.baseSequence() != PendingBatch.NO_SEQUENCE;
    return switch (result.error()) {
      case NONE -> ACKNOWLEDGED;
      case DUPLICATE_SEQUENCE_NUMBER -> KNOWN;
      case MESSAGE_TOO_LARGE -> batch.size() > 1 ? SPLIT : GIVE_UP;
      case OUT_OF_ORDER_SEQUENCE_NUMBER -> {
        // A batch before it has failed, and goes again first.
        if (numbered && !queue.isFirstUnacknowledged(batch)) {
          yield RETRY;
        }
        yield numbered && !transactional ? RETRY_IN_NEW_EPOCH : GIVE_UP;
      }
      case UNKNOWN_PRODUCER_ID -> {
        // The broker may have lost what it knew of the producer along with the head of its log.
        if (numbered && (result.logStartOffset() < 0 || (transactional && !queue.acknowledged()))) {
          yield RETRY;
        }
        yield numbered && !transactional ? RETRY_IN_NEW_EPOCH : GIVE_UP;
      }
      default ->
          result.recordErrors().isEmpty()
                  && result.error().exception() instanceof RetriableException
              ? RETRY
              : GIVE_UP;
    };
  }

  /** Whether the error says that another broker has to be asked. */
  static boolean wrongBroker(ErrorCode error) {
    return error == ErrorCode.NOT_LEADER_OR_FOLLOWER
        || error == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
        || error == ErrorCode.LEADER_NOT_AVAILABLE;
  }
}
