package io.heddle.simulator.broker;

import java.util.EnumSet;
import java.util.Set;

/** The states of a classic group. */
enum GroupState {
  EMPTY("Empty"),
  PREPARING_REBALANCE("PreparingRebalance"),
  COMPLETING_REBALANCE("CompletingRebalance"),
  STABLE("Stable"),
  DEAD("Dead");

  private final String title;

  GroupState(String title) {
    this.title = title;
  }

  /** Kafka's name for it. */
  String title() {
    return title;
  }

  boolean canBecome(GroupState next) {
    return successors().contains(next);
  }

  private Set<GroupState> successors() {
    return switch (this) {
      case EMPTY -> EnumSet.of(PREPARING_REBALANCE, DEAD);
      case PREPARING_REBALANCE -> EnumSet.of(COMPLETING_REBALANCE, EMPTY, DEAD);
      case COMPLETING_REBALANCE -> EnumSet.of(STABLE, PREPARING_REBALANCE, DEAD);
      case STABLE -> EnumSet.of(PREPARING_REBALANCE, DEAD);
      case DEAD -> EnumSet.of(DEAD);
    };
  }
}
