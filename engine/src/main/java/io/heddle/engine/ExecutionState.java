package io.heddle.engine;

/** What a handler or finalizer says of its event when it returns. */
public enum ExecutionState {
  /** All is done: the event's offset may be committed once its outputs are acknowledged. */
  COMPLETE,
  /**
   * Something else will finish the event, by a scheduler or {@link EventContext#asyncJobComplete}.
   */
  INCOMPLETE
}
