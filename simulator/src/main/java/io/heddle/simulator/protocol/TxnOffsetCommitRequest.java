package io.heddle.simulator.protocol;

import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits offsets of a group as part of a transaction; the group's coordinator makes them part of
 * it, as since transaction version 2.
 *
 * @param generationId the generation of the member that read the records, or -1
 * @param memberId that member, or empty
 */
public record TxnOffsetCommitRequest(
    String transactionalId,
    String groupId,
    long producerId,
    short producerEpoch,
    int generationId,
    String memberId,
    Optional<String> groupInstanceId,
    Map<TopicPartition, OffsetToCommit> offsets)
    implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.TXN_OFFSET_COMMIT;
  }

  @Override
  public TxnOffsetCommitResponse refusal(ErrorCode error) {
    Map<TopicPartition, ErrorCode> errors = new LinkedHashMap<>();
    offsets.forEach((partition, offset) -> errors.put(partition, error));
    return new TxnOffsetCommitResponse(errors);
  }
}
