package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a failure to find positions that comes while no call waits for it. A consumer of
 * the consumer protocol looks for positions in the background.
 */
interface LeftFailureContract extends Contract {
  private static Consumer<String, String> consumer(KafkaArm kafka, TopicPartition partition) {
    Consumer<String, String> consumer =
        kafka.modern(kafka.unique("group"), "auto.offset.reset", "none");
    consumer.assign(List.of(partition));
    // From here on it knows its coordinator.
    consumer.committed(Set.of(partition));
    return consumer;
  }

  private static void commit(Consumer<String, String> consumer, TopicPartition partition) {
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(1)));
  }

  private static void lacksOffset(KafkaArm.Step step) {
    assertThatThrownBy(step::run).isExactlyInstanceOf(NoOffsetForPartitionException.class);
  }

  @Test
  default void aPollLeavesItsFailureToTheNext() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = consumer(kafka, partition);

          assertThat(consumer.poll(KafkaArm.SHORT)).isEmpty();
          commit(consumer, partition);

          lacksOffset(() -> consumer.poll(KafkaArm.SHORT));
          assertThat(kafka.values(consumer, 1)).containsExactly("b");
        });
  }

  @Test
  default void aPollThatThrowsWhatWasLeftDoesNotLookForPositions() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = consumer(kafka, partition);
          consumer.poll(KafkaArm.SHORT);
          commit(consumer, partition);
          lacksOffset(() -> consumer.poll(KafkaArm.SHORT));
          consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0)));

          assertThat(kafka.values(consumer, 2)).containsExactly("a", "b");
        });
  }

  @Test
  default void aPollThatHasTimeThrowsItsFailureItself() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = consumer(kafka, partition);

          lacksOffset(() -> consumer.poll(Duration.ofSeconds(20)));
          commit(consumer, partition);

          assertThat(kafka.values(consumer, 1)).containsExactly("b");
        });
  }

  @Test
  default void aFailureThatComesTooLateIsThrownByWhoeverLooksNextAndByTheNextPoll()
      throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          TopicPartition other = kafka.partitionWith();
          Consumer<String, String> consumer = consumer(kafka, partition);

          assertThat(consumer.poll(Duration.ZERO)).isEmpty();
          // What is looked up later is answered later; a commit could overtake.
          consumer.committed(Set.of(other));
          commit(consumer, partition);

          lacksOffset(() -> consumer.position(partition));
          assertThat(consumer.position(partition)).isEqualTo(1);
          lacksOffset(() -> consumer.poll(KafkaArm.SHORT));
          assertThat(kafka.values(consumer, 1)).containsExactly("b");
        });
  }

  @Test
  default void whatWasLeftIsThrownWhateverIsAssignedThen() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          TopicPartition other = kafka.partitionWith("c");
          Consumer<String, String> consumer = consumer(kafka, partition);
          consumer.poll(KafkaArm.SHORT);

          consumer.assign(List.of(other));
          consumer.seek(other, 0);

          lacksOffset(() -> consumer.poll(KafkaArm.SHORT));
          assertThat(kafka.values(consumer, 1)).containsExactly("c");
        });
  }

  @Test
  default void needsNoGroupToLeaveAFailure() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.modernReader("auto.offset.reset", "none");
          consumer.assign(List.of(partition));

          assertThat(consumer.poll(KafkaArm.SHORT)).isEmpty();
          consumer.seek(partition, 0);

          lacksOffset(() -> consumer.poll(KafkaArm.SHORT));
          assertThat(kafka.values(consumer, 1)).containsExactly("a");
        });
  }
}
