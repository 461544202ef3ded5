package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/** The classic protocol's: only a stable member commits, and its generation fences it. */
final class ClassicCommitRules implements CommitRules {
  private final ClassicMember member;

  ClassicCommitRules(ClassicMember member) {
    this.member = member;
  }

  @Override
  public Generation committing(boolean managed) {
    if (!managed) {
      return Generation.NONE;
    }
    if (!member.stable()) {
      throw member.rebalancing()
          ? new RebalanceInProgressException(
              "Offset commit cannot be completed since the consumer is undergoing a"
                  + " rebalance for auto partition assignment. You can try completing the"
                  + " rebalance by calling poll() and then retry the operation.")
          : new CommitFailedException(
              "Offset commit cannot be completed since the consumer is not part of an"
                  + " active group for auto partition assignment; it is likely that the"
                  + " consumer was kicked out of the group.");
    }
    return member.generation();
  }

  @Override
  public boolean commitsNameInstance(boolean managed) {
    return managed;
  }

  @Override
  public Generation lookingUp(boolean managed) {
    return managed ? member.generation() : Generation.NONE;
  }

  @Override
  public Optional<RuntimeException> failure(ErrorCode error, Generation sent) {
    return switch (error) {
      case REBALANCE_IN_PROGRESS -> {
        if (sent.equals(member.generation())) {
          member.requestRejoin();
        }
        yield Optional.of(
            new RebalanceInProgressException(
                "Offset commit cannot be completed since the consumer group is executing a"
                    + " rebalance at the moment. You can try completing the rebalance by calling"
                    + " poll() and then retry commit again"));
      }
      case UNKNOWN_MEMBER_ID, ILLEGAL_GENERATION -> {
        boolean current = member.generationRefused(sent, error == ErrorCode.UNKNOWN_MEMBER_ID);
        yield Optional.of(
            !current && member.rebalancing()
                ? new RebalanceInProgressException(
                    "Offset commit cannot be completed since the consumer member's generation is"
                        + " already stale, meaning it has already participated another rebalance"
                        + " and got a new generation. You can try completing the rebalance by"
                        + " calling poll() and then retry commit again")
                : new CommitFailedException());
      }
      case FENCED_INSTANCE_ID -> {
        if (sent.equals(member.generation())) {
          yield Optional.empty();
        }
        yield Optional.of(
            member.rebalancing() ? fencedWhileRebalancing() : new CommitFailedException());
      }
      default -> Optional.empty();
    };
  }

  private static RebalanceInProgressException fencedWhileRebalancing() {
    return new RebalanceInProgressException(
        "Offset commit cannot be completed since the consumer member's old generation"
            + " is fenced by its group instance id, it is possible that this consumer"
            + " has already participated another rebalance and got a new generation");
  }

  @Override
  public RuntimeException finalFailure(RuntimeException failed) {
    return failed;
  }

  @Override
  public boolean retriesLookUp(ErrorCode error) {
    return false;
  }

  @Override
  public boolean tellsOffsetsOfFailure() {
    return true;
  }

  /** A commit that waited longer than once could overtake a rebalance. */
  @Override
  public boolean waitsForCoordinator() {
    return false;
  }
}
