package io.heddle.simulator.protocol;

import java.util.Map;
import java.util.Optional;

/**
 * Asks for this generation's assignment; the leader brings it along.
 *
 * @param assignments by member id; empty unless the leader sends it
 */
public record SyncGroupRequest(
    String groupId,
    int generationId,
    String memberId,
    Optional<String> groupInstanceId,
    String protocolType,
    String protocolName,
    Map<String, GroupBytes> assignments)
    implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.SYNC_GROUP;
  }

  @Override
  public SyncGroupResponse refusal(ErrorCode error) {
    return new SyncGroupResponse(error, protocolType, protocolName, GroupBytes.EMPTY);
  }
}
