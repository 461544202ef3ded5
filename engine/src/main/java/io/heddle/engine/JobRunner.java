package io.heddle.engine;

/** How a scheduler runs the current job of a lane that it has claimed. */
interface JobRunner<K, V> {
  /**
   * Runs the job. Returns true if it is over. Otherwise its stage completes later, and then, on
   * whatever thread, {@code later} is run once; until then slot and key stay taken.
   */
  boolean run(Job<K, V> job, Runnable later);
}
