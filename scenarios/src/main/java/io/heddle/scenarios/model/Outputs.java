package io.heddle.scenarios.model;

import java.util.Optional;

/**
 * Each record is answered by so many outputs, all of which have to be acknowledged before its
 * offset is committed: at least once, not in a transaction.
 *
 * @param topic that of the outputs, which the runner makes and nobody consumes
 * @param partitions how many it has
 * @param each how many outputs each record has
 * @param onFailure what becomes of a record with an output that the producer gives up, if that is
 *     not sent for ever
 */
public record Outputs(String topic, int partitions, int each, Optional<OnFailure> onFailure) {
  /** One output for each record, in three partitions. */
  public static final Outputs DEFAULT = new Outputs("outputs", 3, 1, Optional.empty());

  /** Refuses what is no topic, and none at all. */
  public Outputs {
    Require.name("topic", topic);
    Require.between("partitions", partitions, 1, 1_000);
    Require.between("each", each, 1, 100);
    onFailure.ifPresent(
        handling ->
            Require.that(
                handling.then() == OnFailure.Then.STOP_PARTITION
                    || handling.then() == OnFailure.Then.STOP,
                "on-failure.then must be stop-partition or stop, or outputs would be missing, was "
                    + handling.then().label()));
  }

  /** The same with so many for each record. */
  public Outputs withEach(int value) {
    return new Outputs(topic, partitions, value, onFailure);
  }

  /** The same, sending outputs for ever. */
  public Outputs withoutOnFailure() {
    return new Outputs(topic, partitions, each, Optional.empty());
  }
}
