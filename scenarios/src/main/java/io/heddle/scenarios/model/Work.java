package io.heddle.scenarios.model;

import java.util.Optional;

/**
 * What some modes have of their own, and what is done beside the records.
 *
 * @param batcher for the modes with batches
 * @param stages how many schedulers follow each other in the chained mode
 * @param interjections what is done again and again for each partition, if anything
 * @param onFailure what becomes of work that fails, if it is not tried for ever
 */
public record Work(
    Batcher batcher,
    int stages,
    Optional<Interjections> interjections,
    Optional<OnFailure> onFailure) {
  /** A batcher with its default settings, two stages, and no interjections. */
  public static final Work DEFAULT =
      new Work(Batcher.DEFAULT, 2, Optional.empty(), Optional.empty());

  /** Refuses what is no chain. */
  public Work {
    Require.between("stages", stages, 2, 5);
  }

  /** The same with another batcher. */
  public Work withBatcher(Batcher value) {
    return new Work(value, stages, interjections, onFailure);
  }

  /** The same with so many stages. */
  public Work withStages(int value) {
    return new Work(batcher, value, interjections, onFailure);
  }

  /** The same with interjections, or without. */
  public Work withInterjections(Optional<Interjections> value) {
    return new Work(batcher, stages, value, onFailure);
  }

  /** The same with another answer to failures, or none but to try for ever. */
  public Work withOnFailure(Optional<OnFailure> value) {
    return new Work(batcher, stages, interjections, value);
  }
}
