package io.heddle.scenarios.model;

/**
 * A rare thing that a run has to come across.
 *
 * @param name of the coverage mark
 * @param atLeast how often it has to be reached
 */
public record Mark(String name, long atLeast) {
  /** Refuses what is no name, and a count below 1. */
  public Mark {
    Require.name("reached", name);
    Require.between("reached", atLeast, 1, Long.MAX_VALUE);
  }
}
