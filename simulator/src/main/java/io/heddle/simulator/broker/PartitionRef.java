package io.heddle.simulator.broker;

import java.util.Comparator;
import org.apache.kafka.common.Uuid;

/** A partition of a topic that is known by its id, as consumer groups assign them. */
record PartitionRef(Uuid topicId, int partition) implements Comparable<PartitionRef> {
  private static final Comparator<PartitionRef> ORDER =
      Comparator.comparing(PartitionRef::topicId).thenComparingInt(PartitionRef::partition);

  @Override
  public int compareTo(PartitionRef other) {
    return ORDER.compare(this, other);
  }
}
