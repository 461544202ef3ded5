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
  PRODUCE("output");

  private final String description;

  FailureStage(String description) {
    this.description = description;
  }

  /** For messages: who failed. */
  String description() {
    return description;
  }
}
