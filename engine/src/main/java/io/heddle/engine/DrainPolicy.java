package io.heddle.engine;

/** What is finished before a partition is given back or the source closes. */
public enum DrainPolicy {
  /** Finish what has started; drop what is queued, to be delivered again to the next owner. */
  STARTED,
  /** Finish all that was polled. */
  ACCEPTED
}
