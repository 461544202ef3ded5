package io.heddle.engine;

/** Where on its way an event failed. */
public enum FailureStage {
  /** The decoder threw. */
  DECODE("decoder"),
  /** The handler, or an interjector, threw. */
  HANDLER("handler"),
  /** The processor of a scheduler threw, or its stage failed. */
  PROCESSOR("processor"),
  /** The finalizer of a scheduler, a batch callback or the application's own completion threw. */
  FINALIZER("finalizer"),
  /** The producer gave up a record that the event forwarded. */
  PRODUCE("output"),
  /** A job, a batch or an application's own completion took longer than its deadline. */
  DEADLINE("deadline"),
  /** The event held back its partition's commit for longer than it may. */
  STUCK("wait"),
  /** The group coordinator, again and again, could not commit. No event is to blame. */
  COMMIT("commit");

  private final String description;

  FailureStage(String description) {
    this.description = description;
  }

  /** Whether what failed is the work of an event, which can be done again. */
  boolean isRepeatable() {
    return this != DEADLINE && this != STUCK;
  }

  /** Whether an event that failed here may be with someone else, and was taken from him. */
  boolean takesEvents() {
    return this == PROCESSOR || this == DEADLINE || this == STUCK;
  }

  /** For messages: who failed. */
  String description() {
    return description;
  }
}
