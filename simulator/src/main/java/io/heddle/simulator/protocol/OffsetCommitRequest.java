package io.heddle.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits offsets of a group.
 *
 * @param generationId the member's generation, or -1 for a consumer that is in no generation
 */
public record OffsetCommitRequest(
    String groupId,
    int generationId,
    String memberId,
    Optional<String> groupInstanceId,
    Map<TopicPartition, OffsetToCommit> offsets)
    implements Request {
  /** The next offset to read, the leader epoch of the record before it (or -1), and a note. */
  public record OffsetToCommit(long offset, int leaderEpoch, String metadata) {}

  @Override
  public ApiKey api() {
    return ApiKey.OFFSET_COMMIT;
  }

  @Override
  public OffsetCommitResponse refusal(ErrorCode error) {
    Map<TopicPartition, ErrorCode> errors = new LinkedHashMap<>();
    offsets.forEach((partition, offset) -> errors.put(partition, error));
    return new OffsetCommitResponse(errors);
  }
}
