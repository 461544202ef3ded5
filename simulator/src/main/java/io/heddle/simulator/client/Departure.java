package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * How a member leaves a consumer group: for good, when the application unsubscribes or closes the
 * consumer, or until the application polls again, when it has not done so for too long.
 */
final class Departure {
  /** How far a member is that has left since the application did not poll. */
  private enum Stale {
    NO,
    RELEASING,
    RELEASED,
    /** The application polls again, and its partitions have yet to be released. */
    WANTED
  }

  private final GroupPlace place;
  private final Subscriptions subscriptions;
  private final ListenerCalls calls;
  private final Reconciler reconciler;
  private final Runnable send;
  private boolean underWay;
  private boolean polledTooLate;
  private Stale stale = Stale.NO;
  private Leaving operation = Leaving.DEFAULT;

  /**
   * @param send sends what is to be sent
   */
  Departure(
      GroupPlace place,
      Subscriptions subscriptions,
      ListenerCalls calls,
      Reconciler reconciler,
      Runnable send) {
    this.place = place;
    this.subscriptions = subscriptions;
    this.calls = calls;
    this.reconciler = reconciler;
    this.send = send;
  }

  /** Whether somebody waits for the coordinator to hear of it. */
  boolean underWay() {
    return underWay;
  }

  /** The coordinator has heard of it, or will not. */
  void over() {
    underWay = false;
  }

  /** What leaving on close means. */
  void operation(Leaving wanted) {
    operation = wanted;
  }

  /** The application has not polled for too long: the next heartbeat says that it leaves. */
  void pollTooLate() {
    polledTooLate = true;
    place.to(MembershipState.PREPARE_LEAVING);
    leave();
  }

  /** The next heartbeat says that it leaves. */
  void leave() {
    boolean staysStatic = place.instanceId().isPresent() && operation != Leaving.LEAVE_GROUP;
    place.epoch(
        staysStatic
            ? ConsumerGroupHeartbeatRequest.LEAVE_STATIC_EPOCH
            : ConsumerGroupHeartbeatRequest.LEAVE_EPOCH);
    reconciler.disown();
    place.to(MembershipState.LEAVING);
  }

  /**
   * The heartbeat is on its way.
   *
   * @param lose gives up what it has had, for a reason, and goes on
   */
  void sent(BiConsumer<String, Runnable> lose, Runnable join) {
    if (!polledTooLate) {
      place.to(MembershipState.UNSUBSCRIBED);
      return;
    }
    place.to(MembershipState.STALE);
    stale = Stale.RELEASING;
    lose.accept(
        "poll time-out",
        () -> {
          reconciler.clear();
          boolean wanted = stale == Stale.WANTED;
          stale = Stale.RELEASED;
          if (wanted) {
            polledAgain(join);
          }
        });
  }

  /** The application polls again after too long a time. */
  void polledAgain(Runnable join) {
    polledTooLate = false;
    if (place.state() != MembershipState.STALE) {
      return;
    }
    if (stale == Stale.RELEASED) {
      stale = Stale.NO;
      join.run();
    } else {
      stale = Stale.WANTED;
    }
  }

  /**
   * Leaves for good.
   *
   * @param telling whether the listener is told; a consumer that is being closed has done that
   */
  void leaveGroup(boolean telling) {
    if (place.state().outside()) {
      if (place.state() == MembershipState.FENCED) {
        reconciler.clear();
        place.to(MembershipState.UNSUBSCRIBED);
      }
      subscriptions.unsubscribe();
      calls.forgetAssigned();
      return;
    }
    if (place.state().leaving()) {
      return;
    }
    place.to(MembershipState.PREPARE_LEAVING);
    underWay = true;
    List<TopicPartition> owned = subscriptions.partitions();
    if (!telling || owned.isEmpty()) {
      clearAndLeave();
    } else if (place.epoch() > 0) {
      reconciler.markRevoking(owned);
      calls.revoke(owned, ok -> clearAndLeave());
    } else {
      calls.lose(owned, "left before joining", this::clearAndLeave);
    }
  }

  private void clearAndLeave() {
    if (place.state() != MembershipState.PREPARE_LEAVING) {
      return;
    }
    subscriptions.unsubscribe();
    reconciler.clear();
    leave();
    send.run();
  }
}
