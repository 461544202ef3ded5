package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.StaleMemberEpochException;

/**
 * The consumer protocol's, after kafka-clients' {@code CommitRequestManager}: whoever wants to
 * commit sends its member id and the epoch it has, if any, and the coordinator judges that.
 */
final class ConsumerCommitRules implements CommitRules {
  private final Supplier<Generation> member;

  /**
   * @param member the id and epoch of the member, -1 for none
   */
  ConsumerCommitRules(Supplier<Generation> member) {
    this.member = member;
  }

  @Override
  public Generation committing(boolean managed) {
    return member.get();
  }

  @Override
  public boolean commitsNameInstance(boolean managed) {
    return true;
  }

  @Override
  public Generation lookingUp(boolean managed) {
    Generation current = member.get();
    return current.exists() ? current : Generation.NONE;
  }

  @Override
  public Optional<RuntimeException> failure(ErrorCode error, Generation sent) {
    return switch (error) {
      case UNKNOWN_MEMBER_ID ->
          Optional.of(
              new CommitFailedException("OffsetCommit failed with unknown member ID. " + error));
      case NONE,
          STALE_MEMBER_EPOCH,
          OFFSET_METADATA_TOO_LARGE,
          COORDINATOR_LOAD_IN_PROGRESS,
          UNKNOWN_TOPIC_OR_PARTITION,
          UNKNOWN_TOPIC_ID ->
          Optional.empty();
      default -> Optional.of(new KafkaException("Unexpected error in commit: " + error));
    };
  }

  @Override
  public RuntimeException finalFailure(RuntimeException failed) {
    return failed instanceof StaleMemberEpochException
        ? new CommitFailedException("OffsetCommit failed with stale member epoch.")
        : failed;
  }

  @Override
  public boolean retriesLookUp(ErrorCode error) {
    return error == ErrorCode.STALE_MEMBER_EPOCH && member.get().exists();
  }

  /** Kafka's new consumer hands its callback null for them. */
  @Override
  public boolean tellsOffsetsOfFailure() {
    return false;
  }

  @Override
  public boolean waitsForCoordinator() {
    return true;
  }
}
