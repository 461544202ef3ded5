package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** Where a consumer starts, where it stands, and how it is sent elsewhere. */
interface PositionContract extends Contract {
  @Test
  default void startsAtTheBeginningIfToldSo() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = kafka.reader("auto.offset.reset", "earliest");
          consumer.assign(List.of(partition));

          assertThat(kafka.values(consumer, 2)).containsExactly("a", "b");
        });
  }

  @Test
  default void startsAtTheEndIfToldSo() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = kafka.reader("auto.offset.reset", "latest");
          consumer.assign(List.of(partition));

          assertThat(consumer.position(partition)).isEqualTo(2);
          kafka.write(partition, "c");
          assertThat(kafka.values(consumer, 1)).containsExactly("c");
        });
  }

  @Test
  default void doesNotStartWithoutOffsetsIfToldSo() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          List<TopicPartition> partitions =
              List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
          Consumer<String, String> consumer =
              kafka.member(kafka.unique("group"), "auto.offset.reset", "none");
          consumer.assign(partitions);

          assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(NoOffsetForPartitionException.class)
              .satisfies(
                  thrown ->
                      assertThat(((NoOffsetForPartitionException) thrown).partitions())
                          .containsExactlyInAnyOrderElementsOf(partitions));
        });
  }

  @Test
  default void hasNoPositionWithoutOffsetsIfToldSo() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.reader("auto.offset.reset", "none");
          consumer.assign(List.of(partition));

          assertThatThrownBy(() -> consumer.position(partition))
              .isExactlyInstanceOf(NoOffsetForPartitionException.class);
          consumer.seek(partition, 0);
          assertThat(kafka.values(consumer, 1)).containsExactly("a");
        });
  }

  @Test
  default void tellsOfAPositionThatTheLogDoesNotHave() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.reader("auto.offset.reset", "none");
          consumer.assign(List.of(partition));
          consumer.seek(partition, 7);

          assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(OffsetOutOfRangeException.class)
              .satisfies(
                  thrown ->
                      assertThat(((OffsetOutOfRangeException) thrown).offsetOutOfRangePartitions())
                          .isEqualTo(Map.of(partition, 7L)));
          assertThat(consumer.position(partition)).isEqualTo(7);
        });
  }

  @Test
  default void goesBackToTheBeginningFromOutOfRange() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.reader("auto.offset.reset", "earliest");
          consumer.assign(List.of(partition));
          consumer.seek(partition, 7);

          assertThat(kafka.values(consumer, 1)).containsExactly("a");
        });
  }

  @Test
  default void goesOnAtTheEndFromOutOfRange() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = kafka.reader("auto.offset.reset", "latest");
          consumer.assign(List.of(partition));
          consumer.seek(partition, 7);

          kafka.pollUntil(
              "the position at the end", consumer, () -> consumer.position(partition) == 2);
        });
  }

  @Test
  default void startsAtTheCommittedOffset() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b", "c");
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.commitSync(Map.of(partition, new OffsetAndMetadata(1)));
          consumer.assign(List.of(partition));

          assertThat(consumer.position(partition)).isEqualTo(1);
          assertThat(kafka.values(consumer, 2)).containsExactly("b", "c");
        });
  }

  @Test
  default void prefersASoughtPositionToTheCommittedOffset() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b", "c");
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.commitSync(Map.of(partition, new OffsetAndMetadata(1)));
          consumer.assign(List.of(partition));

          consumer.seek(partition, new OffsetAndMetadata(2, "a note that means nothing"));

          assertThat(kafka.values(consumer, 1)).containsExactly("c");
        });
  }

  @Test
  default void dropsWhatIsBufferedWhenSentElsewhere() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b", "c");
          Consumer<String, String> consumer = kafka.reader("max.poll.records", "1");
          consumer.assign(List.of(partition));
          assertThat(kafka.values(consumer, 1)).containsExactly("a");

          consumer.seek(partition, 2);
          assertThat(kafka.values(consumer, 1)).containsExactly("c");
          consumer.seek(partition, 0);
          assertThat(kafka.values(consumer, 3)).containsExactly("a", "b", "c");
        });
  }

  @Test
  default void seeksTheBeginningAndTheEnd() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = kafka.reader();
          consumer.assign(List.of(partition));

          consumer.seekToEnd(List.of(partition));
          assertThat(consumer.position(partition)).isEqualTo(2);
          consumer.seekToBeginning(List.of(partition));
          assertThat(consumer.position(partition)).isZero();
        });
  }

  @Test
  default void goesWhereItWasSentLast() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          for (Consumer<String, String> consumer : List.of(kafka.reader(), kafka.modernReader())) {
            consumer.assign(List.of(partition));
            consumer.position(partition);
            consumer.seekToBeginning(List.of(partition));
            consumer.poll(Duration.ZERO);

            consumer.seekToEnd(List.of(partition));

            assertThat(consumer.position(partition)).isEqualTo(2);
          }
        });
  }

  @Test
  default void seeksWithAllPartitionsIfNoneIsNamed() throws Exception {
    run(
        kafka -> {
          TopicPartition first = kafka.partitionWith("a", "b");
          TopicPartition second = kafka.partitionWith("c");
          Consumer<String, String> consumer = kafka.reader();
          consumer.assign(List.of(first, second));

          consumer.seekToEnd(List.of());

          assertThat(consumer.position(first)).isEqualTo(2);
          assertThat(consumer.position(second)).isEqualTo(1);
        });
  }

  @Test
  default void refusesToSeekToNothing() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.reader();

          assertThatThrownBy(() -> consumer.seekToBeginning(null))
              .isExactlyInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> consumer.seekToEnd(null))
              .isExactlyInstanceOf(IllegalArgumentException.class);
        });
  }

  @Test
  default void refusesNegativePositions() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition("t", 0);
          Consumer<String, String> consumer = kafka.reader();
          consumer.assign(List.of(partition));

          assertThatThrownBy(() -> consumer.seek(partition, -1))
              .isExactlyInstanceOf(IllegalArgumentException.class)
              .hasMessage("seek offset must not be a negative number");
        });
  }

  @Test
  default void refusesToMoveInPartitionsThatAreNotAssigned() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition("t", 0);
          Consumer<String, String> consumer = kafka.reader();
          consumer.assign(List.of(new TopicPartition("t", 1)));

          List<KafkaArm.Step> steps =
              List.of(
                  () -> consumer.seek(partition, 0),
                  () -> consumer.seek(partition, new OffsetAndMetadata(0)),
                  () -> consumer.seekToBeginning(List.of(partition)),
                  () -> consumer.seekToEnd(List.of(partition)),
                  () -> consumer.position(partition),
                  () -> consumer.pause(List.of(partition)),
                  () -> consumer.resume(List.of(partition)),
                  () -> consumer.currentLag(partition));
          for (KafkaArm.Step step : steps) {
            assertThatThrownBy(step::run).isExactlyInstanceOf(IllegalStateException.class);
          }
        });
  }

  @Test
  default void standsBehindTheRecordsThatPollHasReturned() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b", "c");
          Consumer<String, String> consumer = kafka.reader("max.poll.records", "2");
          consumer.assign(List.of(partition));

          kafka.read(consumer, 2);

          assertThat(consumer.position(partition)).isEqualTo(2);
        });
  }

  @Test
  default void givesUpLookingForAPositionAfterItsTimeout() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.unique("missing"), 0);
          Consumer<String, String> consumer = kafka.reader();
          consumer.assign(List.of(partition));

          assertThatThrownBy(() -> consumer.position(partition, Duration.ofMillis(200)))
              .isExactlyInstanceOf(TimeoutException.class);
        });
  }
}
