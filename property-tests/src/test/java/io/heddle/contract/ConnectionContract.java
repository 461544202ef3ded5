package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** A broker takes the next request of a connection when it has answered the last one. */
interface ConnectionContract extends Contract {
  /** For how long nobody waits who is not made to. */
  Duration LITTLE = Duration.ofMillis(800);

  /** A member that has asked to join, while another one of its group does not come. */
  private static Consumer<String, String> joining(KafkaArm kafka, String group, String topic) {
    Consumer<String, String> first = kafka.member(group, "max.poll.interval.ms", "6000");
    first.subscribe(List.of(topic));
    kafka.join(first, 1);
    Consumer<String, String> second = kafka.member(group);
    second.subscribe(List.of(topic));
    // It finds its coordinator and asks.
    for (int i = 0; i < 20; i++) {
      assertThat(second.poll(Duration.ofMillis(50)).isEmpty()).isTrue();
    }
    return second;
  }

  /** A reader at the end of an empty partition, whose Fetch waits for long. */
  private static Consumer<String, String> waiting(KafkaArm kafka, TopicPartition partition) {
    Consumer<String, String> reader = kafka.reader("fetch.max.wait.ms", "8000");
    reader.assign(List.of(partition));
    reader.seekToBeginning(List.of(partition));
    assertThat(reader.position(partition)).isZero();
    assertThat(reader.poll(Duration.ofMillis(400)).isEmpty()).isTrue();
    return reader;
  }

  @Test
  default void whoWaitsToJoinCannotAskForCommittedOffsets() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          Consumer<String, String> second = joining(kafka, kafka.unique("group"), topic);
          Set<TopicPartition> asked = Set.of(new TopicPartition(topic, 0));

          assertThatThrownBy(() -> second.committed(asked, LITTLE))
              .isInstanceOf(TimeoutException.class);
        });
  }

  @Test
  default void aStrangerMayAskForThemAllTheWhile() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          String group = kafka.unique("group");
          var unused = joining(kafka, group, topic);
          TopicPartition partition = new TopicPartition(topic, 0);
          Consumer<String, String> stranger = kafka.member(group);

          Map<TopicPartition, OffsetAndMetadata> committed =
              stranger.committed(Set.of(partition), Duration.ofSeconds(10));

          assertThat(committed).containsEntry(partition, null);
        });
  }

  @Test
  default void offsetsAreLookedUpBehindTheFetchThatWaits() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith();
          Consumer<String, String> reader = waiting(kafka, partition);

          assertThatThrownBy(() -> reader.endOffsets(List.of(partition), LITTLE))
              .isInstanceOf(TimeoutException.class);
        });
  }

  @Test
  default void whatIsWrittenAnswersTheFetchAndLetsTheOthersThrough() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith();
          Consumer<String, String> reader = waiting(kafka, partition);

          kafka.write(partition, "a");

          assertThat(reader.endOffsets(List.of(partition), LITTLE)).containsEntry(partition, 1L);
        });
  }
}
