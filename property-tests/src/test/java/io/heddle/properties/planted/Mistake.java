package io.heddle.properties.planted;

import io.heddle.simulator.check.Invariant;

/** What an application on plain consumers can get wrong, and who is to notice. */
enum Mistake {
  /** Commits past the highest record that is complete, whatever is below it. */
  COMMITS_THE_HIGHEST_COMPLETE(Invariant.COMMIT_PREFIX),
  /** Commits what was polled before any work on it is done. */
  COMMITS_BEFORE_THE_WORK(Invariant.COMMIT_PREFIX),
  /** A lane goes on as soon as work has been started elsewhere, not when it has ended. */
  FREES_THE_LANE_BEFORE_THE_END(Invariant.KEY_EXCLUSIVE),
  /** All records of a poll are worked on at once. */
  HAS_NO_LANES(Invariant.KEY_ORDER),
  /** Gives a partition up while work on its records goes on. */
  DOES_NOT_DRAIN_ON_REVOKE(Invariant.KEY_EXCLUSIVE),
  /** Goes on to commit partitions that were lost. */
  COMMITS_WHAT_WAS_LOST(Invariant.OWNER_COMMIT),
  /** Sends the offsets of a commit that failed again, though later ones have been sent since. */
  REPEATS_AN_OLD_COMMIT(Invariant.OWNER_COMMIT),
  /** Takes a commit for done once it has been sent. */
  TRUSTS_A_COMMIT_ONCE_SENT(Invariant.PROGRESS),
  /** Takes failed work for done. */
  SWALLOWS_FAILURES(Invariant.AT_LEAST_ONCE);

  private final Invariant broken;

  Mistake(Invariant broken) {
    this.broken = broken;
  }

  /** The invariant whose checker has to find it. */
  Invariant broken() {
    return broken;
  }
}
