package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * What the coordinator tells a member of a consumer group.
 *
 * @param errorMessage why it refuses, or empty
 * @param memberId empty if it refuses
 * @param heartbeatIntervalMs when to send the next heartbeat
 * @param assignment what the member is to own now, if that has changed or it asked for all
 */
public record ConsumerGroupHeartbeatResponse(
    ErrorCode error,
    String errorMessage,
    String memberId,
    int memberEpoch,
    int heartbeatIntervalMs,
    Optional<Map<Uuid, List<Integer>>> assignment)
    implements Response {
  /** The answer to a request that is refused. */
  public static ConsumerGroupHeartbeatResponse failure(ErrorCode error, String message) {
    return new ConsumerGroupHeartbeatResponse(error, message, "", 0, 0, Optional.empty());
  }
}
