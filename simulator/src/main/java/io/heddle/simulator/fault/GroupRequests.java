package io.heddle.simulator.fault;

import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.HeartbeatRequest;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.LeaveGroupRequest;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.SyncGroupRequest;
import java.util.EnumSet;
import java.util.Set;

/** Which requests are about one group, and about which. */
final class GroupRequests {
  private static final Set<ApiKey> KNOWN =
      EnumSet.of(
          ApiKey.JOIN_GROUP,
          ApiKey.SYNC_GROUP,
          ApiKey.HEARTBEAT,
          ApiKey.LEAVE_GROUP,
          ApiKey.OFFSET_COMMIT,
          ApiKey.OFFSET_FETCH);

  private GroupRequests() {}

  static boolean known(ApiKey api) {
    return KNOWN.contains(api);
  }

  static boolean of(String group, Request request) {
    return group.equals(groupOf(request));
  }

  private static String groupOf(Request request) {
    if (request instanceof OffsetCommitRequest commit) {
      return commit.groupId();
    } else if (request instanceof OffsetFetchRequest fetch) {
      return fetch.groupId();
    } else if (request instanceof JoinGroupRequest join) {
      return join.groupId();
    } else if (request instanceof SyncGroupRequest sync) {
      return sync.groupId();
    } else if (request instanceof HeartbeatRequest heartbeat) {
      return heartbeat.groupId();
    } else if (request instanceof LeaveGroupRequest leave) {
      return leave.groupId();
    }
    throw new AssertionError("not about one group: " + request);
  }
}
