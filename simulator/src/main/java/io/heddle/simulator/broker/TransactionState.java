package io.heddle.simulator.broker;

import java.util.EnumSet;
import java.util.Set;

/**
 * The states of a transactional id. A transaction that is fenced passes through {@link
 * #PREPARE_EPOCH_FENCE} on its way to its abort; {@link #DEAD} is where an id would expire to.
 */
enum TransactionState {
  EMPTY("Empty"),
  ONGOING("Ongoing"),
  PREPARE_COMMIT("PrepareCommit"),
  PREPARE_ABORT("PrepareAbort"),
  COMPLETE_COMMIT("CompleteCommit"),
  COMPLETE_ABORT("CompleteAbort"),
  DEAD("Dead"),
  PREPARE_EPOCH_FENCE("PrepareEpochFence");

  private final String title;

  TransactionState(String title) {
    this.title = title;
  }

  /** Kafka's name for it. */
  String title() {
    return title;
  }

  boolean canBecome(TransactionState next) {
    return successors().contains(next);
  }

  /** Whether the outcome is decided and markers are on their way. */
  boolean isEnding() {
    return this == PREPARE_COMMIT || this == PREPARE_ABORT;
  }

  private Set<TransactionState> successors() {
    return switch (this) {
      case EMPTY -> EnumSet.of(EMPTY, ONGOING, PREPARE_ABORT, DEAD);
      case ONGOING -> EnumSet.of(ONGOING, PREPARE_COMMIT, PREPARE_ABORT, PREPARE_EPOCH_FENCE);
      case PREPARE_COMMIT -> EnumSet.of(COMPLETE_COMMIT);
      case PREPARE_ABORT -> EnumSet.of(COMPLETE_ABORT);
      case COMPLETE_COMMIT, COMPLETE_ABORT -> EnumSet.of(EMPTY, ONGOING, PREPARE_ABORT, DEAD);
      case DEAD -> EnumSet.noneOf(TransactionState.class);
      case PREPARE_EPOCH_FENCE -> EnumSet.of(PREPARE_ABORT);
    };
  }
}
