package io.heddle.engine;

/** What to do about an event that has failed for the last time. */
public enum FailurePolicy {
  /** Stop the source: its state becomes FAILED and nothing at or past the event is committed. */
  STOP,
  /**
   * Stop the event's partition: it is paused, what lies before the event is finished and committed,
   * and the other partitions go on. See {@link EventSource#stoppedPartitions}. It starts again at
   * the event when it is assigned anew, here or elsewhere.
   */
  STOP_PARTITION,
  /** Report the event to {@link EngineListener#skipped} and treat it as complete. */
  SKIP,
  /**
   * Send the event's record to the dead letter topic; the event is complete when that is
   * acknowledged. A dead letter that cannot be sent stops the source, or the partition if that is
   * what {@link FailureStage#PRODUCE} asks for. An interjection has no record and is skipped.
   */
  DEAD_LETTER,
  /**
   * Let the finalizer decide, which is given the failure. Only for {@link FailureStage#PROCESSOR}.
   */
  TO_FINALIZER
}
