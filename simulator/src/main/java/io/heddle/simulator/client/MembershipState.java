package io.heddle.simulator.client;

import java.util.EnumSet;
import java.util.Set;

/** Where a member of a consumer group stands, as kafka-clients' membership manager sees it. */
enum MembershipState {
  UNSUBSCRIBED,
  JOINING,
  RECONCILING,
  ACKNOWLEDGING,
  STABLE,
  FENCED,
  PREPARE_LEAVING,
  LEAVING,
  FATAL,
  STALE;

  private Set<MembershipState> successors() {
    return switch (this) {
      case UNSUBSCRIBED -> EnumSet.of(JOINING, PREPARE_LEAVING, FATAL);
      case JOINING -> EnumSet.of(STABLE, RECONCILING, FATAL, FENCED, PREPARE_LEAVING);
      case RECONCILING -> EnumSet.of(STABLE, ACKNOWLEDGING, FATAL, FENCED, PREPARE_LEAVING);
      case ACKNOWLEDGING -> EnumSet.of(STABLE, RECONCILING, FATAL, FENCED, PREPARE_LEAVING);
      case STABLE -> EnumSet.of(RECONCILING, FATAL, FENCED, PREPARE_LEAVING);
      case FENCED -> EnumSet.of(JOINING, UNSUBSCRIBED);
      case PREPARE_LEAVING -> EnumSet.of(LEAVING, UNSUBSCRIBED, FATAL, FENCED);
      case LEAVING -> EnumSet.of(UNSUBSCRIBED, STALE, FATAL, FENCED);
      case STALE -> EnumSet.of(JOINING);
      case FATAL -> EnumSet.noneOf(MembershipState.class);
    };
  }

  /** The next state, which must be one that can follow. */
  MembershipState to(MembershipState next) {
    if (next != this && !successors().contains(next)) {
      throw new IllegalStateException("a group member cannot go from " + this + " to " + next);
    }
    return next;
  }

  /** Whether a member in this state takes in what the coordinator assigns. */
  boolean takesAssignments() {
    return this == STABLE || this == JOINING || this == ACKNOWLEDGING || this == RECONCILING;
  }

  /** Whether the coordinator does not count it as a member. */
  boolean outside() {
    return this == UNSUBSCRIBED || this == FENCED || this == FATAL || this == STALE;
  }

  /** Whether it has something to tell the coordinator that cannot wait for the next heartbeat. */
  boolean urgent() {
    return this == JOINING || this == ACKNOWLEDGING || this == LEAVING;
  }

  boolean leaving() {
    return this == PREPARE_LEAVING || this == LEAVING;
  }
}
