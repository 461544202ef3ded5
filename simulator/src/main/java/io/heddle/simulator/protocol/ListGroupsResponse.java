package io.heddle.simulator.protocol;

import java.util.List;

/** The groups that this broker coordinates. */
public record ListGroupsResponse(ErrorCode error, List<ListedGroup> groups) implements Response {
  /**
   * One group.
   *
   * @param type {@code Classic} or {@code Consumer}
   */
  public record ListedGroup(String groupId, String protocolType, String state, String type) {}
}
