package io.heddle.engine;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/** Where a partition is on its way out. Any thread may move it forward, none back. */
final class PhaseRef {
  private static final AtomicReferenceFieldUpdater<PhaseRef, WorkerPhase> PHASE =
      AtomicReferenceFieldUpdater.newUpdater(PhaseRef.class, WorkerPhase.class, "phase");

  private volatile WorkerPhase phase = WorkerPhase.ACTIVE;

  WorkerPhase get() {
    return phase;
  }

  /** Returns false if it is that far already. */
  boolean advanceTo(WorkerPhase target) {
    WorkerPhase current = phase;
    while (current.canBecome(target)) {
      if (PHASE.compareAndSet(this, current, target)) {
        return true;
      }
      current = phase;
    }
    return false;
  }
}
