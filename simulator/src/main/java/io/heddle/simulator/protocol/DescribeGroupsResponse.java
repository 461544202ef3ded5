package io.heddle.simulator.protocol;

import java.util.List;
import java.util.Optional;

/** The state of groups. */
public record DescribeGroupsResponse(List<DescribedGroup> groups) implements Response {
  /** One group; {@code state} is Kafka's name for it, for example {@code Stable}. */
  public record DescribedGroup(
      ErrorCode error,
      String groupId,
      String state,
      String protocolType,
      String protocol,
      List<DescribedMember> members) {}

  /** One member. */
  public record DescribedMember(
      String memberId,
      Optional<String> groupInstanceId,
      String clientId,
      String clientHost,
      GroupBytes metadata,
      GroupBytes assignment) {}
}
