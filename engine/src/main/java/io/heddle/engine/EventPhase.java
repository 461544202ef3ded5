package io.heddle.engine;

/** Where an event is on its way, and so what may happen to it next. */
enum EventPhase {
  /** Its handler or finalizer runs, on the strand. */
  HANDLING,
  /** The application will complete it. */
  AWAITED,
  /** It waits in a scheduler, behind its key or for a slot. */
  QUEUED,
  /** A scheduler runs its job. */
  PROCESSING,
  /** Its completion is in the mailbox. */
  POSTED,
  /** It returned COMPLETE; outputs may still be under way. */
  DONE,
  /** It ended without being complete: whoever owns the partition next gets it again. */
  DROPPED;

  boolean canBecome(EventPhase next) {
    return switch (this) {
      case HANDLING -> next != PROCESSING && next != HANDLING;
      case AWAITED -> next == POSTED || next == DROPPED;
      // POSTED: it is given up before its turn has come.
      case QUEUED -> next == PROCESSING || next == POSTED || next == DROPPED;
      case PROCESSING -> next == POSTED || next == DROPPED;
      // QUEUED: its job failed and is tried again.
      // DONE: the job failed for the last time, or the handler returned COMPLETE although something
      // else completes the event too.
      case POSTED -> next == HANDLING || next == QUEUED || next == DONE || next == DROPPED;
      // DROPPED: an output of the event could not be sent.
      case DONE -> next == DROPPED;
      case DROPPED -> false;
    };
  }
}
