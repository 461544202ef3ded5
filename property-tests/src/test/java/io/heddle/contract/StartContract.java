package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Where consumers begin, and what becomes of positions at which there is nothing. */
interface StartContract extends Contract {
  @Test
  default void oneCommittedOffsetThatIsMissingStopsAllPartitions() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          TopicPartition first = new TopicPartition(topic, 0);
          TopicPartition second = new TopicPartition(topic, 1);
          kafka.write(first, "a", "b");
          try (Consumer<String, String> consumer =
              kafka.member(kafka.unique("group"), "auto.offset.reset", "none")) {
            consumer.commitSync(Map.of(first, new OffsetAndMetadata(1)));
            consumer.assign(List.of(first, second));

            assertThatThrownBy(() -> consumer.position(first))
                .isInstanceOfSatisfying(
                    NoOffsetForPartitionException.class,
                    thrown -> assertThat(thrown.partitions()).containsExactly(second));
            assertThatThrownBy(() -> kafka.read(consumer, 1))
                .isExactlyInstanceOf(NoOffsetForPartitionException.class);
            consumer.seek(second, 0);
            assertThat(kafka.values(consumer, 1)).containsExactly("b");
          }
        });
  }

  @Test
  default void nothingIsReadBeforeTheCommittedOffsetsAreKnown() throws Exception {
    run(
        kafka -> {
          TopicPartition sought = kafka.partitionWith("a");
          TopicPartition uncommitted = kafka.partitionWith("b");
          try (Consumer<String, String> consumer =
              kafka.member(kafka.unique("group"), "auto.offset.reset", "none")) {
            consumer.assign(List.of(sought, uncommitted));
            consumer.seek(sought, 0);

            assertThatThrownBy(() -> consumer.poll(java.time.Duration.ofSeconds(20)))
                .isExactlyInstanceOf(NoOffsetForPartitionException.class);
            assertThat(consumer.position(sought)).isZero();
          }
        });
  }

  @Test
  default void aPositionOutOfRangeIsToldOncePerFetch() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          try (Consumer<String, String> consumer = kafka.reader("auto.offset.reset", "none")) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 7);
            assertThatThrownBy(() -> kafka.read(consumer, 1))
                .isInstanceOfSatisfying(
                    OffsetOutOfRangeException.class,
                    thrown ->
                        assertThat(thrown.offsetOutOfRangePartitions())
                            .isEqualTo(Map.of(partition, 7L)));

            consumer.pause(List.of(partition));
            for (int i = 0; i < 5; i++) {
              assertThat(consumer.poll(KafkaArm.SHORT).count()).isZero();
            }
            consumer.resume(List.of(partition));
            assertThatThrownBy(() -> kafka.read(consumer, 1))
                .isExactlyInstanceOf(OffsetOutOfRangeException.class);
          }
        });
  }
}
