package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** What a consumer can find out about logs and topics without reading them. */
interface LogOffsetsContract extends Contract {
  @Test
  default void knowsBothEndsOfALogThatIsNotAssigned() throws Exception {
    run(
        kafka -> {
          TopicPartition full = kafka.partitionWith("a", "b");
          TopicPartition empty = kafka.partitionWith();
          Consumer<String, String> consumer = kafka.reader();

          assertThat(consumer.beginningOffsets(List.of(full, empty)))
              .isEqualTo(Map.of(full, 0L, empty, 0L));
          assertThat(consumer.endOffsets(List.of(full, empty)))
              .isEqualTo(Map.of(full, 2L, empty, 0L));
        });
  }

  @Test
  default void knowsNothingOfNoPartitions() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.reader();

          assertThat(consumer.endOffsets(List.of())).isEmpty();
          assertThat(consumer.offsetsForTimes(Map.of())).isEmpty();
        });
  }

  @Test
  default void givesUpLookingForTheEndOfAMissingTopic() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.unique("missing"), 0);
          Consumer<String, String> consumer = kafka.reader();

          assertThatThrownBy(() -> consumer.endOffsets(List.of(partition), Duration.ofMillis(200)))
              .isExactlyInstanceOf(TimeoutException.class);
        });
  }

  @Test
  default void findsTheFirstRecordOfATimeOrLater() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(1), 0);
          try (Producer<String, String> producer = kafka.producer()) {
            for (long timestamp : new long[] {100, 200, 300}) {
              producer.send(new ProducerRecord<>(partition.topic(), 0, timestamp, null, "v")).get();
            }
          }
          Consumer<String, String> consumer = kafka.reader();

          Map<TopicPartition, OffsetAndTimestamp> found =
              consumer.offsetsForTimes(Map.of(partition, 150L));

          assertThat(found)
              .isEqualTo(Map.of(partition, new OffsetAndTimestamp(1, 200, Optional.of(0))));
        });
  }

  @Test
  default void findsNothingAfterTheLastRecord() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(1), 0);
          try (Producer<String, String> producer = kafka.producer()) {
            producer.send(new ProducerRecord<>(partition.topic(), 0, 100L, null, "v")).get();
          }
          Consumer<String, String> consumer = kafka.reader();

          Map<TopicPartition, OffsetAndTimestamp> found =
              consumer.offsetsForTimes(Map.of(partition, 101L));

          assertThat(found).containsOnlyKeys(partition).containsValue(null);
        });
  }

  @Test
  default void refusesToLookForANegativeTime() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(1), 0);

          assertThatThrownBy(() -> kafka.reader().offsetsForTimes(Map.of(partition, -1L)))
              .isExactlyInstanceOf(IllegalArgumentException.class);
        });
  }

  @Test
  default void describesThePartitionsOfATopic() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(3);

          List<PartitionInfo> partitions = kafka.reader().partitionsFor(topic);

          assertThat(partitions)
              .hasSize(3)
              .allSatisfy(
                  partition -> {
                    assertThat(partition.topic()).isEqualTo(topic);
                    assertThat(partition.leader().id()).isZero();
                    assertThat(partition.replicas()).hasSize(1);
                    assertThat(partition.inSyncReplicas()).hasSize(1);
                    assertThat(partition.offlineReplicas()).isEmpty();
                  });
          assertThat(partitions)
              .extracting(PartitionInfo::partition)
              .containsExactlyInAnyOrder(0, 1, 2);
        });
  }

  @Test
  default void knowsNoPartitionsOfAMissingTopic() throws Exception {
    run(kafka -> assertThat(kafka.reader().partitionsFor(kafka.unique("missing"))).isEmpty());
  }

  @Test
  default void doesNotKnowItsLagBeforeItHasRead() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.reader();
          consumer.assign(List.of(partition));

          assertThat(consumer.currentLag(partition)).isEqualTo(OptionalLong.empty());
        });
  }

  @Test
  default void knowsItsLagOnceItHasRead() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b", "c");
          Consumer<String, String> consumer = kafka.reader("max.poll.records", "1");
          consumer.assign(List.of(partition));
          kafka.read(consumer, 1);

          assertThat(consumer.currentLag(partition)).isEqualTo(OptionalLong.of(2));
        });
  }
}
