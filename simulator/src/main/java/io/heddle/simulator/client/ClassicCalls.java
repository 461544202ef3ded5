package io.heddle.simulator.client;

import io.heddle.simulator.protocol.GroupBytes;
import io.heddle.simulator.protocol.HeartbeatRequest;
import io.heddle.simulator.protocol.HeartbeatResponse;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.LeaveGroupRequest;
import io.heddle.simulator.protocol.LeaveGroupResponse;
import io.heddle.simulator.protocol.SyncGroupRequest;
import io.heddle.simulator.protocol.SyncGroupResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a member of a classic group asks of its coordinator, which has to be known. */
final class ClassicCalls {
  private static final long JOIN_GRACE_NANOS = 5_000_000_000L;
  private static final String PROTOCOL_TYPE = "consumer";

  private final ClientLink link;
  private final ClusterView cluster;
  private final CoordinatorLink coordinator;
  private final ConsumerSettings settings;
  private final String groupId;
  private final GroupMetrics metrics;

  ClassicCalls(
      ClientLink link,
      ClusterView cluster,
      CoordinatorLink coordinator,
      ConsumerSettings settings,
      String groupId,
      GroupMetrics metrics) {
    this.link = link;
    this.cluster = cluster;
    this.coordinator = coordinator;
    this.settings = settings;
    this.groupId = groupId;
    this.metrics = metrics;
  }

  String groupId() {
    return groupId;
  }

  /** What is measured of the member. */
  GroupMetrics metrics() {
    return metrics;
  }

  void join(
      Generation generation,
      List<JoinGroupRequest.Protocol> protocols,
      String reason,
      Consumer<JoinGroupResponse> answered,
      Runnable disconnected) {
    long rebalanceTimeout = settings.group().maxPollNanos();
    coordinator.send(
        new JoinGroupRequest(
            groupId,
            (int) (settings.group().sessionTimeoutNanos() / 1_000_000),
            (int) (rebalanceTimeout / 1_000_000),
            generation.memberId(),
            settings.instanceId(),
            PROTOCOL_TYPE,
            protocols,
            reason),
        JoinGroupResponse.class,
        Math.max(settings.times().requestTimeoutNanos(), rebalanceTimeout + JOIN_GRACE_NANOS),
        answered,
        disconnected);
  }

  void sync(
      Generation generation,
      Map<String, GroupBytes> assignments,
      Consumer<SyncGroupResponse> answered,
      Runnable disconnected) {
    coordinator.send(
        new SyncGroupRequest(
            groupId,
            generation.id(),
            generation.memberId(),
            settings.instanceId(),
            PROTOCOL_TYPE,
            generation.protocol(),
            assignments),
        SyncGroupResponse.class,
        settings.times().requestTimeoutNanos(),
        answered,
        disconnected);
  }

  void heartbeat(
      Generation generation, Consumer<HeartbeatResponse> answered, Runnable disconnected) {
    coordinator.send(
        new HeartbeatRequest(
            groupId, generation.id(), generation.memberId(), settings.instanceId()),
        HeartbeatResponse.class,
        settings.times().requestTimeoutNanos(),
        answered,
        disconnected);
  }

  /**
   * Says that the member goes; nobody waits for the answer. As in kafka-clients nothing is sent
   * before the cluster has been asked about, where that is due: then the member stays in its group
   * until the application makes its consumer do something.
   */
  void leave(Generation generation, String reason) {
    if (cluster.asksNow()) {
      cluster.update();
      link.queue(() -> sendLeave(generation, reason));
    } else {
      sendLeave(generation, reason);
    }
  }

  private void sendLeave(Generation generation, String reason) {
    if (!coordinator.known()) {
      return;
    }
    coordinator.send(
        new LeaveGroupRequest(
            groupId,
            List.of(
                new LeaveGroupRequest.MemberIdentity(
                    generation.memberId(), settings.instanceId(), reason))),
        LeaveGroupResponse.class,
        settings.times().requestTimeoutNanos(),
        response -> {},
        () -> {});
  }

  /** Does something {@code retry.backoff.ms} from now. */
  void afterBackoff(Runnable action) {
    long backoff = settings.times().retryBackoffNanos();
    if (backoff == 0) {
      action.run();
    } else {
      var unused = link.later(backoff, action);
    }
  }
}
