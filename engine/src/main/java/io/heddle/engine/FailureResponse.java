package io.heddle.engine;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;

/** What to do about an exception of the consumer. */
enum FailureResponse {
  /** Nothing is lost: the same is tried again at the next interval. */
  RETRY,
  /** The group has moved on: the next poll will say which partitions are gone. */
  REJOIN,
  /** This consumer cannot be used any more, but another may be. */
  NEW_CONSUMER,
  /** The source cannot go on. */
  STOP;

  /** The one place where the consumer's exceptions are told apart. */
  static FailureResponse to(Exception failure) {
    if (failure instanceof FencedInstanceIdException) {
      return STOP;
    }
    if (failure instanceof UnreleasedInstanceIdException) {
      return NEW_CONSUMER;
    }
    if (failure instanceof CommitFailedException
        || failure instanceof RebalanceInProgressException
        || isPutOut(failure)) {
      return REJOIN;
    }
    if (failure instanceof RetriableCommitFailedException
        || failure instanceof RetriableException) {
      return RETRY;
    }
    return STOP;
  }

  /**
   * Whether the group has put this member out, or moved it on, and the consumer has yet to notice:
   * what a look-up of committed offsets fails with by the consumer protocol (KIP-848). The next
   * polls say what is lost, and join again.
   */
  static boolean isPutOut(Exception failure) {
    return failure instanceof UnknownMemberIdException
        || failure instanceof StaleMemberEpochException;
  }
}
