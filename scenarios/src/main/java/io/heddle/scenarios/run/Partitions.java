package io.heddle.scenarios.run;

import java.util.Comparator;
import org.apache.kafka.common.TopicPartition;

/** The order in which partitions are told. */
final class Partitions {
  static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private Partitions() {}
}
