package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.TxnOffsetCommitRequest;
import io.heddle.simulator.protocol.TxnOffsetCommitResponse;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** Makes offsets of a group part of the transaction. */
final class OffsetsTransactionStep extends TransactionStep {
  private final TxnOffsetCommitRequest request;

  OffsetsTransactionStep(TransactionManager manager, TxnOffsetCommitRequest request) {
    super(manager, "TxnOffsetCommitHandler", Priority.ADD_OFFSETS);
    this.request = request;
  }

  /** Refuses what cannot be a group's metadata. */
  static void check(@Nullable ConsumerGroupMetadata group) {
    if (group == null) {
      throw new IllegalArgumentException("Consumer group metadata could not be null");
    }
    if (group.generationId() > 0 && group.memberId().isEmpty()) {
      throw new IllegalArgumentException(
          "Passed in group metadata "
              + group
              + " has generationId > 0 but the member.id is unknown");
    }
  }

  @Override
  CoordinatorLink coordinator() {
    return manager().coordinatorOf(request.groupId());
  }

  @Override
  void send(Runnable answered, Runnable disconnected) {
    coordinator()
        .send(
            request,
            TxnOffsetCommitResponse.class,
            manager().requestTimeoutNanos(),
            response -> {
              handle(response);
              answered.run();
            },
            disconnected);
  }

  private void handle(TxnOffsetCommitResponse response) {
    boolean again = false;
    for (ErrorCode error : response.partitions().values()) {
      switch (error) {
        case NONE -> {}
        case COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR, REQUEST_TIMED_OUT -> {
          coordinator().forget();
          again = true;
        }
        case FENCED_INSTANCE_ID -> abortable(error.exception());
        case UNKNOWN_MEMBER_ID, ILLEGAL_GENERATION ->
            abortable(
                new CommitFailedException(
                    "Transaction offset Commit failed due to consumer group metadata mismatch: "
                        + error.exception().getMessage()));
        default -> {
          if (error.exception() instanceof RetriableException) {
            again = true;
          } else {
            failed(error, "TxnOffsetCommitResponse");
          }
        }
      }
      if (outcome().isCompleted()) {
        return;
      }
    }
    if (again) {
      manager().again(this);
    } else {
      outcome().done();
    }
  }
}
