package io.heddle.simulator.client;

import java.util.EnumSet;
import java.util.Set;

/** How far a group member has come, as kafka-clients' {@code AbstractCoordinator} sees it. */
enum MemberState {
  UNJOINED,
  PREPARING_REBALANCE,
  COMPLETING_REBALANCE,
  STABLE;

  private Set<MemberState> successors() {
    return switch (this) {
      case UNJOINED -> EnumSet.of(PREPARING_REBALANCE);
      case PREPARING_REBALANCE -> EnumSet.of(COMPLETING_REBALANCE, UNJOINED);
      case COMPLETING_REBALANCE -> EnumSet.of(STABLE, UNJOINED, PREPARING_REBALANCE);
      case STABLE -> EnumSet.of(PREPARING_REBALANCE, UNJOINED);
    };
  }

  /** The next state, which must be one that can follow. */
  MemberState to(MemberState next) {
    if (next != this && !successors().contains(next)) {
      throw new IllegalStateException("a group member cannot go from " + this + " to " + next);
    }
    return next;
  }
}
