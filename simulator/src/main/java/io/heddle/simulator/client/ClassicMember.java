package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.GroupBytes;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.SyncGroupResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A consumer's membership in a group, after kafka-clients' {@code AbstractCoordinator}: joins,
 * syncs, sends heartbeats, notices that the application polls too seldom, and leaves. Replies are
 * taken in as they arrive, but for what joining is answered; that waits for {@link #poll}, where
 * the assignment is applied, and the listener called, too.
 */
final class ClassicMember implements Membership {
  private final CoordinatorLink coordinator;
  private final ConsumerSettings settings;
  private final ClassicCalls calls;
  private final Rebalancer rebalancer;
  private final ClusterView cluster;
  private Generation generation = Generation.NONE;
  private MemberState state = MemberState.UNJOINED;
  private boolean rejoinNeeded = true;
  private boolean prepared;
  private boolean joining;
  private @Nullable JoinGroupResponse joinResponse;
  private @Nullable GroupBytes assignment;
  private @Nullable RuntimeException fatal;
  private final Heartbeats heartbeats;

  ClassicMember(
      ClientLink link,
      CoordinatorLink coordinator,
      ConsumerSettings settings,
      ClassicCalls calls,
      Rebalancer rebalancer,
      ClusterView cluster) {
    this.coordinator = coordinator;
    this.settings = settings;
    this.calls = calls;
    this.rebalancer = rebalancer;
    this.cluster = cluster;
    this.heartbeats = new Heartbeats(link, settings, this::heartbeat, this::pollTooLate);
  }

  /** What fences commits and look-ups. */
  Generation generation() {
    return generation;
  }

  /** Whether the member has its assignment and may commit. */
  boolean stable() {
    return state == MemberState.STABLE;
  }

  /** Whether the member is between two assignments. */
  boolean rebalancing() {
    return state == MemberState.PREPARING_REBALANCE || state == MemberState.COMPLETING_REBALANCE;
  }

  @Override
  public ConsumerGroupMetadata metadata() {
    return new GroupMetadata(calls.groupId(), rebalancer.completed(), settings.instanceId());
  }

  @Override
  public void requestRejoin() {
    rejoinNeeded = true;
  }

  @Override
  public CommitRules commitRules() {
    return new ClassicCommitRules(this);
  }

  @Override
  public boolean eager() {
    return rebalancer.eager();
  }

  @Override
  public void subscribed(boolean anew) {
    if (anew) {
      cluster.renew();
      heartbeats.onNextLook(cluster::update);
    }
  }

  @Override
  public boolean poll(Runnable beforeJoin) {
    rebalancer.look(cluster);
    if (!rebalancer.subscribed()) {
      return false;
    }
    heartbeats.polled();
    JoinGroupResponse answered = joinResponse;
    if (answered != null) {
      joinResponse = null;
      joined(answered);
    }
    RuntimeException failed = fatal;
    if (failed != null) {
      fatal = null;
      throw failed;
    }
    coordinator.lookUp();
    if (rebalancer.assignmentIsStale() || rebalancer.subscriptionHasChanged()) {
      rejoinNeeded = true;
    }
    applyAssignment();
    if (mayJoin() && assignment == null) {
      if (!prepared) {
        prepared = true;
        beforeJoin.run();
        rebalancer.prepare(generation);
      }
      join("rebalance");
    }
    return !rejoinNeeded && !joining && assignment == null;
  }

  @Override
  public boolean hasWork() {
    return rebalancer.subscribed()
        && (fatal != null || joinResponse != null || assignment != null || mayJoin());
  }

  private boolean mayJoin() {
    return rejoinNeeded && !joining && rebalancer.ready() && coordinator.known();
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
          generation, assigned, settings.instanceId(), calls.groupId(), this::requestRejoin);
    }
    assignment = null;
    prepared = false;
  }

  private void join(String reason) {
    if (!coordinator.known()) {
      rejoin();
      return;
    }
    joining = true;
    rejoinNeeded = false;
    state = state.to(MemberState.PREPARING_REBALANCE);
    calls.metrics().joining();
    heartbeats.prepare();
    heartbeats.stop();
    calls.join(
        generation,
        rebalancer.protocols(generation.id(), Optional.empty()),
        reason,
        // Nobody but the application's thread takes it in, once it polls.
        response -> joinResponse = response,
        this::rejoinAfterBackoff);
  }

  private void joined(JoinGroupResponse response) {
    if (state != MemberState.PREPARING_REBALANCE) {
      calls.metrics().failed();
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
        calls.metrics().failed();
        generation = new Generation(-1, response.memberId(), "");
        join("need to re-join with the given member-id");
      }
      case UNKNOWN_MEMBER_ID -> {
        reset(true);
        rejoin();
      }
      case ILLEGAL_GENERATION -> {
        reset(false);
        rejoin();
      }
      case REBALANCE_IN_PROGRESS -> rejoin();
      case COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR -> {
        coordinator.forget();
        rejoinAfterBackoff();
      }
      case COORDINATOR_LOAD_IN_PROGRESS, REQUEST_TIMED_OUT, NETWORK_EXCEPTION ->
          rejoinAfterBackoff();
      default -> fail(response.error());
    }
  }

  /** Assigns once it knows how all topics of the group are now. */
  private void lead(JoinGroupResponse response) {
    Generation led = generation;
    Set<String> topics = rebalancer.groupTopics(response);
    if (rebalancer.lead(topics)) {
      cluster.renew();
    }
    cluster.whenFresh(
        topics,
        () -> {
          if (state == MemberState.COMPLETING_REBALANCE && generation.equals(led)) {
            sync(rebalancer.assign(response, cluster));
          } else {
            rejoin();
          }
        });
  }

  private void sync(Map<String, GroupBytes> assignments) {
    if (!coordinator.known()) {
      rejoin();
      return;
    }
    calls.sync(generation, assignments, this::synced, this::rejoinAfterBackoff);
  }

  private void synced(SyncGroupResponse response) {
    if (state != MemberState.COMPLETING_REBALANCE) {
      calls.metrics().failed();
      joining = false;
      return;
    }
    switch (response.error()) {
      case NONE -> {
        joining = false;
        rejoinNeeded = false;
        state = state.to(MemberState.STABLE);
        assignment = response.assignment();
        calls.metrics().joined();
      }
      case REBALANCE_IN_PROGRESS -> rejoin();
      case UNKNOWN_MEMBER_ID -> {
        reset(true);
        rejoin();
      }
      case ILLEGAL_GENERATION -> {
        reset(false);
        rejoin();
      }
      case COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR -> {
        coordinator.forget();
        rejoinAfterBackoff();
      }
      case COORDINATOR_LOAD_IN_PROGRESS, REQUEST_TIMED_OUT, NETWORK_EXCEPTION ->
          rejoinAfterBackoff();
      default -> fail(response.error());
    }
  }

  private void rejoin() {
    calls.metrics().failed();
    joinAgain();
  }

  private void rejoinAfterBackoff() {
    calls.metrics().failed();
    calls.afterBackoff(this::joinAgain);
  }

  private void joinAgain() {
    joining = false;
    rejoinNeeded = true;
  }

  private void fail(ErrorCode error) {
    rejoin();
    fatal = error.exception();
  }

  // A join that is under way is waited for, as in kafka-clients, before there is another one.
  private void reset(boolean forgetMember) {
    generation = new Generation(-1, forgetMember ? "" : generation.memberId(), "");
    state = state.to(MemberState.UNJOINED);
    assignment = null;
    // What is still owned is lost, even if the group was being joined already.
    prepared = false;
    heartbeats.stop();
  }

  private boolean heartbeat() {
    if (!coordinator.known()) {
      coordinator.lookUp();
      return false;
    }
    Generation sent = generation;
    heartbeats.sent();
    calls.heartbeat(
        sent, response -> heartbeatAnswered(response.error(), sent), heartbeats::unanswered);
    return true;
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
      case COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR -> {
        coordinator.forget();
        heartbeats.failed();
      }
      case ILLEGAL_GENERATION -> generationRefused(sent, false);
      case UNKNOWN_MEMBER_ID -> generationRefused(sent, true);
      case FENCED_INSTANCE_ID -> {
        if (generationRefused(sent, true)) {
          fatal = error.exception();
        }
      }
      default -> heartbeats.failed();
    }
  }

  /**
   * The coordinator does not accept this generation.
   *
   * @param forgetMember whether it does not accept the member id either
   * @return whether that was still the current one
   */
  boolean generationRefused(Generation refused, boolean forgetMember) {
    if (!refused.equals(generation)) {
      return false;
    }
    reset(forgetMember);
    rejoinNeeded = true;
    return true;
  }

  private void pollTooLate() {
    leave("consumer poll timeout has expired.", false);
  }

  /** Leaves the group without waiting for the answer; static members stay, unless told to go. */
  void leave(String reason, boolean evenIfStatic) {
    if ((evenIfStatic || settings.instanceId().isEmpty())
        && !generation.memberId().isEmpty()
        && coordinator.known()) {
      calls.leave(generation, reason);
    }
    reset(true);
    rejoinNeeded = true;
  }

  @Override
  public void unsubscribe() {
    if (rebalancer.subscribed()) {
      // If the listener throws it stays a member, with nothing assigned, and is subscribed still.
      rebalancer.leave(generation, rebalancing());
      depart("the consumer unsubscribed from all topics", false);
    }
  }

  @Override
  public void close(long deadlineNanos, Leaving operation) {
    try {
      if (operation != Leaving.REMAIN_IN_GROUP && rebalancer.subscribed()) {
        try {
          rebalancer.leave(generation, rebalancing());
        } finally {
          depart("the consumer is being closed", operation == Leaving.LEAVE_GROUP);
        }
      }
    } finally {
      heartbeats.close();
    }
  }

  private void depart(String reason, boolean evenIfStatic) {
    if (generation.exists() || state != MemberState.UNJOINED) {
      leave(reason, evenIfStatic);
    }
    prepared = false;
  }
}
