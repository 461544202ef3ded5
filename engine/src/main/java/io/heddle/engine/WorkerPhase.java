package io.heddle.engine;

/** How far a partition is on its way out. It only ever goes forward. */
enum WorkerPhase {
  /** Takes records. */
  ACTIVE,
  /** Takes nothing new, finishes all that was polled. */
  FINISHING_ACCEPTED,
  /** Finishes what has started, drops what is queued. */
  FINISHING_STARTED,
  /**
   * An event failed, and its partition is to stop there: finishes what lies before it, drops the
   * rest, and waits to be given away.
   */
  STOPPED,
  /** An event failed: calls no application code on the strand any more, waits for what runs. */
  HALTED,
  /** The partition is gone; what ends from now on is ignored. */
  DROPPED;

  static WorkerPhase finishing(DrainPolicy policy) {
    return switch (policy) {
      case ACCEPTED -> FINISHING_ACCEPTED;
      case STARTED -> FINISHING_STARTED;
    };
  }

  boolean canBecome(WorkerPhase next) {
    return next.compareTo(this) > 0;
  }

  /** Whether records that were polled are still handled. */
  boolean handlesRecords() {
    return this == ACTIVE || this == FINISHING_ACCEPTED;
  }

  /** Whether handlers and finalizers still run. */
  boolean runsCallbacks() {
    return compareTo(HALTED) < 0;
  }
}
