package io.heddle.scenarios.model;

/**
 * Which partition a fault is for: of a topic, or of any; by its number, or any. One is drawn of
 * those that will do.
 *
 * @param topic a topic's name, or {@code any}
 * @param partition from 0 on, or -1 for any
 */
public record PartitionTarget(String topic, int partition) {
  /** The topic of any partition. */
  public static final String ANY_TOPIC = "any";

  /** Any partition of any topic. */
  public static final PartitionTarget ANY = new PartitionTarget(ANY_TOPIC, -1);

  /** Refuses what is no topic and no partition. */
  public PartitionTarget {
    Require.name("topic", topic);
    Require.that(partition >= -1, "partition must be at least 0, was " + partition);
  }

  /** Whether the fault can be for this partition. */
  public boolean matches(String name, int number) {
    return (topic.equals(ANY_TOPIC) || topic.equals(name))
        && (partition < 0 || partition == number);
  }

  /** The partition as in a file. */
  public String partitionText() {
    return partition < 0 ? "any" : String.valueOf(partition);
  }
}
