package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
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
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A consumer's membership in a group, after kafka-clients' {@code AbstractCoordinator}: joins,
 * syncs, sends heartbeats, notices that the application polls too seldom, and leaves. Replies are
 * taken in as they arrive; the assignment is applied, and the listener called, in {@link #poll}.
 */
final class GroupMember {
  private static final long JOIN_GRACE_NANOS = 5_000_000_000L;

  private final ClientLink link;
  private final CoordinatorLink coordinator;
  private final ConsumerSettings settings;
  private final String groupId;
  private final Rebalancer rebalancer;
  private final ClusterView cluster;
  private Generation generation = Generation.NONE;
  private MemberState state = MemberState.UNJOINED;
  private boolean rejoinNeeded = true;
  private boolean prepared;
  private boolean joining;
  private @Nullable GroupBytes assignment;
  private @Nullable RuntimeException fatal;
  private final Heartbeats heartbeats;

  GroupMember(
      ClientLink link,
      CoordinatorLink coordinator,
      ConsumerSettings settings,
      String groupId,
      Rebalancer rebalancer,
      ClusterView cluster) {
    this.link = link;
    this.coordinator = coordinator;
    this.settings = settings;
    this.groupId = groupId;
    this.rebalancer = rebalancer;
    this.cluster = cluster;
    this.heartbeats = new Heartbeats(link, settings, this::heartbeat, this::pollTooLate);
  }

  Generation generation() {
    return generation;
  }

  boolean stable() {
    return state == MemberState.STABLE;
  }

  boolean rebalancing() {
    return state == MemberState.PREPARING_REBALANCE || state == MemberState.COMPLETING_REBALANCE;
  }

  /** As of the last assignment, even if the group has been left since then. */
  ConsumerGroupMetadata metadata() {
    return new GroupMetadata(groupId, rebalancer.completed(), settings.instanceId());
  }

  void requestRejoin() {
    rejoinNeeded = true;
  }

  /** The application polls: goes on with whatever the membership needs. */
  void poll(Runnable beforeJoin) {
    heartbeats.polled();
    RuntimeException failed = fatal;
    if (failed != null) {
      fatal = null;
      throw failed;
    }
    coordinator.lookUp();
    if (rebalancer.assignmentIsStale(cluster) || rebalancer.subscriptionHasChanged()) {
      rejoinNeeded = true;
    }
    applyAssignment();
    if (rejoinNeeded && !joining && assignment == null && coordinator.known()) {
      if (!prepared) {
        prepared = true;
        beforeJoin.run();
        rebalancer.prepare(generation);
      }
      join("rebalance");
    }
  }

  /** Whether {@link #poll} has something to do right now. */
  boolean hasWork() {
    return fatal != null || assignment != null || (rejoinNeeded && !joining && coordinator.known());
  }

  private void applyAssignment() {
    GroupBytes assigned = assignment;
    if (assigned == null) {
      return;
    }
    if (state != MemberState.STABLE || !generation.exists()) {
      rejoinNeeded = true;
    } else {
      // If a callback throws, the assignment stays for the next poll to complete, as in Kafka.
      rebalancer.complete(
          generation, assigned, settings.instanceId(), groupId, this::requestRejoin);
    }
    assignment = null;
    prepared = false;
  }

  private void join(String reason) {
    if (!coordinator.known()) {
      rejoinLater(0);
      return;
    }
    joining = true;
    rejoinNeeded = false;
    state = state.to(MemberState.PREPARING_REBALANCE);
    heartbeats.stop();
    long rebalanceTimeout = settings.group().maxPollNanos();
    coordinator.send(
        new JoinGroupRequest(
            groupId,
            (int) (settings.group().sessionTimeoutNanos() / 1_000_000),
            (int) (rebalanceTimeout / 1_000_000),
            generation.memberId(),
            settings.instanceId(),
            "consumer",
            rebalancer.protocols(generation.id(), Optional.empty()),
            reason),
        JoinGroupResponse.class,
        Math.max(settings.times().requestTimeoutNanos(), rebalanceTimeout + JOIN_GRACE_NANOS),
        this::joined,
        () -> rejoinLater(settings.times().retryBackoffNanos()));
  }

  private void joined(JoinGroupResponse response) {
    if (state != MemberState.PREPARING_REBALANCE) {
      joining = false;
      return;
    }
    switch (response.error()) {
      case NONE -> {
        generation =
            new Generation(response.generationId(), response.memberId(), response.protocolName());
        state = state.to(MemberState.COMPLETING_REBALANCE);
        heartbeats.start();
        if (response.leader().equals(response.memberId())) {
          lead(response);
        } else {
          sync(Map.of());
        }
      }
      case MEMBER_ID_REQUIRED -> {
        generation = new Generation(-1, response.memberId(), "");
        join("need to re-join with the given member-id");
      }
      case UNKNOWN_MEMBER_ID -> {
        reset(true);
        rejoinLater(0);
      }
      case ILLEGAL_GENERATION -> {
        reset(false);
        rejoinLater(0);
      }
      case REBALANCE_IN_PROGRESS -> rejoinLater(0);
      case COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR -> {
        coordinator.forget();
        rejoinLater(settings.times().retryBackoffNanos());
      }
      case COORDINATOR_LOAD_IN_PROGRESS, REQUEST_TIMED_OUT, NETWORK_EXCEPTION ->
          rejoinLater(settings.times().retryBackoffNanos());
      default -> fail(response.error());
    }
  }

  /** Assigns once it knows all topics of the group, of which it may not have asked for some. */
  private void lead(JoinGroupResponse response) {
    Generation led = generation;
    cluster.whenAsked(
        rebalancer.groupTopics(response),
        () -> {
          if (state == MemberState.COMPLETING_REBALANCE && generation.equals(led)) {
            sync(rebalancer.assign(response, cluster));
          }
        });
  }

  private void sync(Map<String, GroupBytes> assignments) {
    if (!coordinator.known()) {
      rejoinLater(0);
      return;
    }
    coordinator.send(
        new SyncGroupRequest(
            groupId,
            generation.id(),
            generation.memberId(),
            settings.instanceId(),
            "consumer",
            generation.protocol(),
            assignments),
        SyncGroupResponse.class,
        settings.times().requestTimeoutNanos(),
        this::synced,
        () -> rejoinLater(settings.times().retryBackoffNanos()));
  }

  private void synced(SyncGroupResponse response) {
    if (state != MemberState.COMPLETING_REBALANCE) {
      joining = false;
      return;
    }
    switch (response.error()) {
      case NONE -> {
        joining = false;
        state = state.to(MemberState.STABLE);
        assignment = response.assignment();
      }
      case REBALANCE_IN_PROGRESS -> rejoinLater(0);
      case UNKNOWN_MEMBER_ID -> {
        reset(true);
        rejoinLater(0);
      }
      case ILLEGAL_GENERATION -> {
        reset(false);
        rejoinLater(0);
      }
      case COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR -> {
        coordinator.forget();
        rejoinLater(settings.times().retryBackoffNanos());
      }
      case COORDINATOR_LOAD_IN_PROGRESS, REQUEST_TIMED_OUT, NETWORK_EXCEPTION ->
          rejoinLater(settings.times().retryBackoffNanos());
      default -> fail(response.error());
    }
  }

  private void rejoinLater(long delayNanos) {
    if (delayNanos == 0) {
      joining = false;
      rejoinNeeded = true;
      return;
    }
    var unused =
        link.later(
            delayNanos,
            () -> {
              joining = false;
              rejoinNeeded = true;
            });
  }

  private void fail(ErrorCode error) {
    joining = false;
    rejoinNeeded = true;
    fatal = error.exception();
  }

  /** The generation is no longer valid; {@code forgetMember} if the member id is not either. */
  private void reset(boolean forgetMember) {
    generation = new Generation(-1, forgetMember ? "" : generation.memberId(), "");
    state = state.to(MemberState.UNJOINED);
    assignment = null;
    // What is still owned is lost, even if the group was being joined already.
    prepared = false;
    heartbeats.stop();
  }

  private void heartbeat() {
    if (!coordinator.known()) {
      coordinator.lookUp();
      return;
    }
    Generation sent = generation;
    heartbeats.sent();
    coordinator.send(
        new HeartbeatRequest(groupId, sent.id(), sent.memberId(), settings.instanceId()),
        HeartbeatResponse.class,
        settings.times().requestTimeoutNanos(),
        response -> heartbeatAnswered(response.error(), sent),
        heartbeats::answered);
  }

  private void heartbeatAnswered(ErrorCode error, Generation sent) {
    heartbeats.answered();
    switch (error) {
      case NONE -> heartbeats.received();
      case REBALANCE_IN_PROGRESS -> {
        heartbeats.received();
        if (stable()) {
          rejoinNeeded = true;
        }
      }
      case COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR -> coordinator.forget();
      case ILLEGAL_GENERATION -> generationRefused(sent, false);
      case UNKNOWN_MEMBER_ID -> generationRefused(sent, true);
      case FENCED_INSTANCE_ID -> fatal = error.exception();
      default -> heartbeats.failed();
    }
  }

  /**
   * The coordinator does not accept this generation.
   *
   * @return whether that was still the current one
   */
  boolean generationRefused(Generation refused, boolean forgetMember) {
    if (!refused.equals(generation)) {
      return false;
    }
    reset(forgetMember);
    joining = false;
    rejoinNeeded = true;
    return true;
  }

  private void pollTooLate() {
    leave("consumer poll timeout has expired.");
  }

  /** Leaves the group without waiting for the answer; static members stay. */
  void leave(String reason) {
    if (settings.instanceId().isEmpty()
        && !generation.memberId().isEmpty()
        && coordinator.known()) {
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
    reset(true);
    joining = false;
    rejoinNeeded = true;
  }

  /** Gives everything up and leaves, as close and unsubscribe do. */
  void giveUp(String reason) {
    try {
      rebalancer.leave(generation, rebalancing());
    } finally {
      if (generation.exists() || state != MemberState.UNJOINED) {
        leave(reason);
      }
      prepared = false;
    }
  }
}
