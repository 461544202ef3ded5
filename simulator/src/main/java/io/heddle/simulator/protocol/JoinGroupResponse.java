package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Optional;

/**
 * The new generation.
 *
 * @param protocolName the assignor that the coordinator chose
 * @param leader the member id of the leader, which computes the assignment
 * @param skipAssignment whether the leader keeps the assignment as it is (a static member came
 *     back)
 * @param members all members with their subscriptions, for the leader; empty for the others
 */
public record JoinGroupResponse(
    ErrorCode error,
    int generationId,
    String protocolType,
    String protocolName,
    String leader,
    boolean skipAssignment,
    String memberId,
    List<Member> members)
    implements Response {
  /** A member as the leader is told of it. */
  public record Member(String memberId, Optional<String> groupInstanceId, GroupBytes metadata) {}
}
