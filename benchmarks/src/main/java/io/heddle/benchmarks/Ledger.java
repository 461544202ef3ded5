package io.heddle.benchmarks;

/** What an arm did with its records: told of each user call, it counts and checks. Thread-safe. */
interface Ledger {

  /** A user call begins. Returns what {@link #ended} wants to know. */
  int started(String key, int partition, long offset);

  /** The user call has ended. */
  void ended(int call);

  /** Waits until each record's call has ended; returns false if that took too long. */
  boolean await(long seconds) throws InterruptedException;

  /**
   * Judges the round, once it is over.
   *
   * @throws ViolationException if a promise was broken
   */
  void check();
}
