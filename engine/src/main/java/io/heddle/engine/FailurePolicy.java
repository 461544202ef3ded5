package io.heddle.engine;

/** What to do about an event whose processing failed. */
public enum FailurePolicy {
  /** Stop the source: its state becomes FAILED and nothing at or past the event is committed. */
  STOP,
  /** Report the event to {@link EngineListener#skipped} and treat it as complete. */
  SKIP
}
