package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class NamedPartitionsTest {
  private final NamedPartitions partitions = new NamedPartitions();

  @Test
  void isOneObjectForEachPartition() {
    TopicPartition second = partitions.of("a", 2);
    TopicPartition first = partitions.of("a", 0);
    TopicPartition other = partitions.of("b", 2);

    assertThat(second).isEqualTo(new TopicPartition("a", 2));
    assertThat(first).isEqualTo(new TopicPartition("a", 0));
    assertThat(other).isEqualTo(new TopicPartition("b", 2));
    assertThat(partitions.of("a", 2)).isSameAs(second);
    assertThat(partitions.of(String.valueOf(new char[] {'a'}), 0)).isSameAs(first);
    assertThat(partitions.of("b", 2)).isSameAs(other);
  }

  @Test
  void keepsNeitherTopicsNorPartitionsWithoutEnd() {
    assertThat(partitions.of("a", 1_000_000)).isEqualTo(new TopicPartition("a", 1_000_000));
    for (int topic = 0; topic < 150; topic++) {
      assertThat(partitions.of("t" + topic, 1)).isEqualTo(new TopicPartition("t" + topic, 1));
    }

    assertThat(partitions.of("t1", 1)).isSameAs(partitions.of("t1", 1));
    assertThat(partitions.of("t149", 1)).isNotSameAs(partitions.of("t149", 1));
    assertThat(partitions.of("a", 1_000_000)).isNotSameAs(partitions.of("a", 1_000_000));
  }
}
