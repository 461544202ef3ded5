package io.heddle.scenarios.report;

import java.util.Comparator;
import org.apache.kafka.common.TopicPartition;

/** Partitions as people list them. */
final class PartitionOrder {
  static final Comparator<TopicPartition> BY_TOPIC_THEN_NUMBER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private PartitionOrder() {}
}
