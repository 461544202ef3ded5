package io.heddle.scenarios.model;

/**
 * A topic that exists before the run starts.
 *
 * @param partitions 1 to 10,000
 */
public record Topic(String name, int partitions) {
  /** Refuses a name that Kafka would refuse, and a topic without partitions. */
  public Topic {
    Require.name("topics", name);
    Require.between("partitions", partitions, 1, 10_000);
  }
}
