package io.heddle.scenarios.model;

import java.util.Optional;

/**
 * What some modes have of their own, and what is done beside the records.
 *
 * @param batcher for the modes with batches
 * @param stages how many schedulers follow each other in the chained mode
 * @param interjections what is done again and again for each partition, if anything
 * @param outputs with what each record is answered outside of transactions, if with anything
 * @param onFailure what becomes of work that fails, if it is not tried for ever
 * @param patience how long is waited for what may never come
 * @param types which records have a handler, if not all of them
 * @param onUndecodable what becomes of records that cannot be decoded, if not the same as of work
 *     that fails
 */
public record Work(
    Batcher batcher,
    int stages,
    Optional<Interjections> interjections,
    Optional<Outputs> outputs,
    Optional<OnFailure> onFailure,
    Patience patience,
    Optional<EventTypes> types,
    Optional<OnFailure> onUndecodable) {
  /** A batcher with its default settings, two stages, no interjections and no outputs. */
  public static final Work DEFAULT =
      new Work(
          Batcher.DEFAULT,
          2,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Patience.DEFAULT,
          Optional.empty(),
          Optional.empty());

  /** Refuses what is no chain. */
  public Work {
    Require.between("stages", stages, 2, 5);
  }

  /** The same with another batcher. */
  public Work withBatcher(Batcher value) {
    return new Work(
        value, stages, interjections, outputs, onFailure, patience, types, onUndecodable);
  }

  /** The same with so many stages. */
  public Work withStages(int value) {
    return new Work(
        batcher, value, interjections, outputs, onFailure, patience, types, onUndecodable);
  }

  /** The same with interjections, or without. */
  public Work withInterjections(Optional<Interjections> value) {
    return new Work(batcher, stages, value, outputs, onFailure, patience, types, onUndecodable);
  }

  /** The same with another answer to failures, or none but to try for ever. */
  public Work withOnFailure(Optional<OnFailure> value) {
    return new Work(batcher, stages, interjections, outputs, value, patience, types, onUndecodable);
  }

  /** The same with outputs outside of transactions, or without. */
  public Work withOutputs(Optional<Outputs> value) {
    return new Work(
        batcher, stages, interjections, value, onFailure, patience, types, onUndecodable);
  }

  /** The same with another patience. */
  public Work withPatience(Patience value) {
    return new Work(
        batcher, stages, interjections, outputs, onFailure, value, types, onUndecodable);
  }

  /** The same with handlers for these types of records, or for all. */
  public Work withTypes(Optional<EventTypes> value) {
    return new Work(
        batcher, stages, interjections, outputs, onFailure, patience, value, onUndecodable);
  }

  /** The same with an answer of their own to records that cannot be decoded, or without. */
  public Work withOnUndecodable(Optional<OnFailure> value) {
    return new Work(batcher, stages, interjections, outputs, onFailure, patience, types, value);
  }

  /** What becomes of records that cannot be decoded, if they are not tried for ever. */
  public Optional<OnFailure> undecodable() {
    return onUndecodable.or(() -> onFailure);
  }
}
