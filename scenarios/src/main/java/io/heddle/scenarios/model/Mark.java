package io.heddle.scenarios.model;

/**
 * A rare thing that a run has to come across.
 *
 * @param name of the coverage mark
 * @param atLeast how often it has to be reached
 */
public record Mark(String name, long atLeast) {
  /** Refuses what is no mark, and a count below 1. */
  public Mark {
    Require.that(
        CoverageMark.labels().contains(name), "reached must be a known mark, was '" + name + "'");
    Require.between("reached", atLeast, 1, Long.MAX_VALUE);
  }
}
