package io.heddle.scenarios.model;

/**
 * Each record is answered by so many outputs, all of which have to be acknowledged before its
 * offset is committed: at least once, not in a transaction.
 *
 * @param topic that of the outputs, which the runner makes and nobody consumes
 * @param partitions how many it has
 * @param each how many outputs each record has
 */
public record Outputs(String topic, int partitions, int each) {
  /** One output for each record, in three partitions. */
  public static final Outputs DEFAULT = new Outputs("outputs", 3, 1);

  /** Refuses what is no topic, and none at all. */
  public Outputs {
    Require.name("topic", topic);
    Require.between("partitions", partitions, 1, 1_000);
    Require.between("each", each, 1, 100);
  }

  /** The same with so many for each record. */
  public Outputs withEach(int value) {
    return new Outputs(topic, partitions, value);
  }
}
