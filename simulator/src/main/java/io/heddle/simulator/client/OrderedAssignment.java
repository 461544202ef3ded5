package io.heddle.simulator.client;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.common.TopicPartition;

/**
 * A member's partitions in the order of its assignment. kafka-clients copies them into a set whose
 * order differs from one JVM to the next, and an application may iterate it.
 */
final class OrderedAssignment extends MemberAssignment {
  private final Set<TopicPartition> ordered;

  OrderedAssignment(Collection<TopicPartition> partitions) {
    super(new LinkedHashSet<>(partitions));
    this.ordered = Collections.unmodifiableSet(new LinkedHashSet<>(partitions));
  }

  @Override
  public Set<TopicPartition> topicPartitions() {
    return ordered;
  }

  @Override
  public String toString() {
    return "(topicPartitions="
        + String.join(",", ordered.stream().map(TopicPartition::toString).toList())
        + ")";
  }
}
