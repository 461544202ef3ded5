package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;

/**
 * Judges one invariant over the facts of one run of one consumer group. Facts are handed in one at
 * a time, in the order in which they happened; that order counts, not their time. Not thread-safe.
 */
public interface Checker {
  /** Returns the name of the invariant. */
  String name();

  /** Takes the next fact into account. */
  void accept(Fact fact);

  /** Returns whether the invariant has been broken up to here. */
  default boolean isViolated() {
    return !report().holds();
  }

  /** Returns what was found up to here. */
  CheckReport report();
}
