package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatResponse;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer's membership in a group of the consumer protocol (KIP-848), after kafka-clients'
 * {@code ConsumerMembershipManager}: joins, takes in what the coordinator assigns, is put out and
 * joins again, notices that the application polls too seldom, and leaves. Answers are taken in as
 * they arrive; the listener is called in {@link #poll}, {@link #unsubscribe} and {@link #close}.
 */
final class ConsumerMembership implements Membership, GroupHeartbeats.Subject {
  private static final Logger LOG = LoggerFactory.getLogger(ConsumerMembership.class);

  private final ClientLink link;
  private final CoordinatorLink coordinator;
  private final ConsumerSettings settings;
  private final Subscriptions subscriptions;
  private final GroupPlace place;
  private final ListenerCalls calls;
  private final Reconciler reconciler;
  private final HeartbeatFields fields;
  private final GroupHeartbeats heartbeats;
  private final Departure departure;
  private boolean subscribed;
  private boolean attention;

  ConsumerMembership(
      ClientContext context,
      ClientLink link,
      CoordinatorLink coordinator,
      ConsumerSettings settings,
      Subscriptions subscriptions,
      ClusterView cluster,
      String groupId,
      GroupMetrics metrics,
      Reconciler.LastCommit lastCommit,
      Runnable reconciled) {
    this.link = link;
    this.coordinator = coordinator;
    this.settings = settings;
    this.subscriptions = subscriptions;
    this.place = new GroupPlace(groupId, OwnMemberId.make(context), settings.instanceId(), metrics);
    this.calls = new ListenerCalls(context, subscriptions);
    this.reconciler =
        new Reconciler(
            place,
            calls,
            subscriptions,
            cluster,
            then ->
                lastCommit.commit(
                    () -> {
                      then.run();
                      wake();
                    }),
            reconciled);
    this.fields = new HeartbeatFields(place, subscriptions, settings);
    this.heartbeats = new GroupHeartbeats(link, coordinator, settings, this);
    this.departure = new Departure(place, subscriptions, calls, reconciler, heartbeats::beat);
  }

  @Override
  public ConsumerGroupMetadata metadata() {
    return place.metadata();
  }

  @Override
  public boolean eager() {
    return false;
  }

  @Override
  public CommitRules commitRules() {
    return new ConsumerCommitRules(place::commits);
  }

  /** The coordinator alone decides when this protocol rebalances. */
  @Override
  public void requestRejoin() {
    LOG.warn("Operation not supported in new consumer group protocol");
  }

  @Override
  public void subscribed(boolean anew) {
    subscribed = true;
  }

  @Override
  public boolean hasWork() {
    return attention || calls.waiting();
  }

  @Override
  public boolean poll(Runnable beforeJoin) {
    attention = false;
    reconciler.reconcile(true, settings.autoCommit().enabled());
    if (subscribed) {
      subscribed = false;
      if (place.state() == MembershipState.UNSUBSCRIBED) {
        join();
      }
    }
    if (heartbeats.polled()) {
      departure.polledAgain(this::join);
    }
    try {
      calls.run(false);
    } finally {
      heartbeats.beat();
    }
    return true;
  }

  private void wake() {
    attention = true;
    heartbeats.beat();
    link.signal();
  }

  private void join() {
    if (place.state() == MembershipState.FATAL) {
      LOG.warn("The member has failed for good, and does not join again");
      return;
    }
    reconciler.rejoining();
    place.resetEpoch();
    place.to(MembershipState.JOINING);
  }

  @Override
  public boolean silent() {
    return place.state().outside();
  }

  @Override
  public boolean urgent() {
    return place.state().urgent();
  }

  @Override
  public boolean leaving() {
    return place.state().leaving();
  }

  @Override
  public boolean leaves() {
    return place.state() == MembershipState.LEAVING;
  }

  @Override
  public ConsumerGroupHeartbeatRequest next() {
    return fields.next(reconciler.current());
  }

  @Override
  public void sent() {
    if (place.state() == MembershipState.ACKNOWLEDGING) {
      if (reconciler.reconciled()) {
        place.to(MembershipState.STABLE);
      } else {
        place.to(MembershipState.RECONCILING);
        attention = true;
      }
    } else if (place.state() == MembershipState.LEAVING) {
      departure.sent(this::lose, this::join);
    }
  }

  @Override
  public void notSent() {
    if (place.state() == MembershipState.LEAVING) {
      place.to(MembershipState.UNSUBSCRIBED);
      departure.over();
    }
  }

  @Override
  public void answered(ConsumerGroupHeartbeatResponse response) {
    attention = true;
    if (response.error() != ErrorCode.NONE) {
      refused(response);
      return;
    }
    if (place.state() == MembershipState.LEAVING) {
      return;
    }
    if (place.state() == MembershipState.UNSUBSCRIBED && response.memberEpoch() < 0) {
      departure.over();
      return;
    }
    if (place.state().outside()) {
      return;
    }
    if (response.memberEpoch() < 0) {
      departure.over();
      return;
    }
    place.epoch(response.memberEpoch());
    if (response.assignment().isPresent() && place.state().takesAssignments()) {
      reconciler.assigned(response.assignment().get());
      reconciler.reconcile(false, settings.autoCommit().enabled());
    }
  }

  private void refused(ConsumerGroupHeartbeatResponse response) {
    place.refused();
    fields.reset();
    if (place.state().outside() && place.state() != MembershipState.UNSUBSCRIBED) {
      return;
    }
    switch (response.error()) {
      case NOT_COORDINATOR, COORDINATOR_NOT_AVAILABLE -> {
        coordinator.forget();
        heartbeats.restart();
      }
      case COORDINATOR_LOAD_IN_PROGRESS -> {}
      case FENCED_MEMBER_EPOCH, UNKNOWN_MEMBER_ID -> {
        becomeFenced(response.error());
        heartbeats.restart();
      }
      case INVALID_REGULAR_EXPRESSION ->
          fail(
              response.error(),
              "Invalid RE2J SubscriptionPattern provided in the call to subscribe. "
                  + response.errorMessage());
      case GROUP_ID_NOT_FOUND -> {
        if (place.state() != MembershipState.UNSUBSCRIBED) {
          fail(response.error(), response.errorMessage());
        }
      }
      default -> fail(response.error(), response.errorMessage());
    }
    leftIfOutside();
  }

  @Override
  public void unanswered() {
    attention = true;
    fields.reset();
    leftIfOutside();
  }

  private void leftIfOutside() {
    if (place.state() == MembershipState.UNSUBSCRIBED) {
      departure.over();
    }
  }

  private void fail(ErrorCode error, String message) {
    MembershipState before = place.state();
    calls.fail(error.exception(message));
    place.to(MembershipState.FATAL);
    place.resetEpoch();
    boolean left = departure.underWay();
    departure.over();
    if (before.leaving() || (before == MembershipState.UNSUBSCRIBED && left)) {
      return;
    }
    lose(error.name(), reconciler::clear);
  }

  private void becomeFenced(ErrorCode error) {
    if (place.state().leaving()) {
      if (place.state() == MembershipState.PREPARE_LEAVING) {
        departure.leave();
      }
      place.to(MembershipState.UNSUBSCRIBED);
      departure.over();
      return;
    }
    if (place.state() == MembershipState.UNSUBSCRIBED) {
      return;
    }
    place.to(MembershipState.FENCED);
    place.resetEpoch();
    lose(
        error.name(),
        () -> {
          reconciler.clear();
          if (place.state() == MembershipState.FENCED) {
            join();
          }
        });
  }

  private void lose(String reason, Runnable then) {
    List<TopicPartition> lost = subscriptions.automatic() ? subscriptions.partitions() : List.of();
    reconciler.markRevoking(lost);
    calls.lose(
        lost,
        reason,
        () -> {
          then.run();
          wake();
        });
  }

  @Override
  public void pollTooLate() {
    LOG.warn("consumer poll timeout has expired.");
    departure.pollTooLate();
  }

  @Override
  public void unsubscribe() {
    departure.leaveGroup(true);
    long deadline = link.now() + settings.times().defaultApiTimeoutNanos();
    do {
      calls.run(true);
      if (departure.underWay() && !calls.waiting()) {
        link.awaitProgressWithoutWakeup(deadline);
      }
    } while (departure.underWay() && link.now() < deadline);
    place.forgetShown();
  }

  @Override
  public void close(long deadlineNanos, Leaving operation) {
    try {
      calls.releaseOnClose(place.shownInside());
    } finally {
      departure.operation(operation);
      departure.leaveGroup(false);
      // In kafka-clients another thread sees to it, and is waited for even if there is nothing to
      // do.
      link.throwIfInterrupted();
      while (departure.underWay() && link.now() < deadlineNanos) {
        link.awaitProgressWithoutWakeup(deadlineNanos);
      }
    }
  }
}
