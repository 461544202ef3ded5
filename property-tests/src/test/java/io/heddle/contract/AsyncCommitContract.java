package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

/** Commits that do not wait, and their callbacks. */
interface AsyncCommitContract extends Contract {
  private static Map<TopicPartition, OffsetAndMetadata> at(TopicPartition partition, long offset) {
    return Map.of(partition, new OffsetAndMetadata(offset));
  }

  @Test
  default void callsBackInPollOnThePollingThread() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.assign(List.of(partition));
          List<Thread> threads = new ArrayList<>();
          consumer.commitAsync(
              at(partition, 1), (offsets, failure) -> threads.add(Thread.currentThread()));

          assertThat(threads).isEmpty();
          kafka.pollUntil("the callback", consumer, () -> !threads.isEmpty());
          assertThat(threads).containsExactly(Thread.currentThread());
        });
  }

  @Test
  default void tellsTheCallbackWhatWasCommitted() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.assign(List.of(partition));
          List<Object> told = new ArrayList<>();
          consumer.commitAsync(
              at(partition, 1),
              (offsets, failure) -> {
                told.add(offsets);
                told.add(failure);
              });

          kafka.pollUntil("the callback", consumer, () -> !told.isEmpty());
          assertThat(told).containsExactly(at(partition, 1), null);
          assertThat(consumer.committed(Set.of(partition))).isEqualTo(at(partition, 1));
        });
  }

  @Test
  default void callsBackInTheOrderOfTheCommits() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.assign(List.of(partition));
          List<Integer> order = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            int number = i;
            consumer.commitAsync(at(partition, i), (offsets, failure) -> order.add(number));
          }

          kafka.pollUntil("all callbacks", consumer, () -> order.size() == 10);
          assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
          assertThat(consumer.committed(Set.of(partition))).isEqualTo(at(partition, 9));
        });
  }

  @Test
  default void callsBackBeforeALaterCommitReturns() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          List<Exception> failures = new ArrayList<>();
          consumer.commitAsync(at(partition, 0), (offsets, failure) -> failures.add(failure));

          consumer.commitSync(at(partition, 1));

          assertThat(failures).hasSize(1).containsOnlyNulls();
          assertThat(consumer.committed(Set.of(partition))).isEqualTo(at(partition, 1));
        });
  }

  @Test
  default void callsBackBeforeACommitOfNothingReturns() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.commitSync(at(partition, 0));
          List<Exception> failures = new ArrayList<>();
          consumer.commitAsync(at(partition, 0), (offsets, failure) -> failures.add(failure));

          consumer.commitSync(Map.of());

          assertThat(failures).hasSize(1).containsOnlyNulls();
        });
  }

  @Test
  default void commitsBeforeItClosesButCallsNobodyBack() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          String group = kafka.unique("group");
          Consumer<String, String> consumer = kafka.member(group);
          consumer.commitSync(at(partition, 0));
          List<Exception> failures = new ArrayList<>();
          consumer.commitAsync(at(partition, 1), (offsets, failure) -> failures.add(failure));

          consumer.close();

          assertThat(failures).isEmpty();
          assertThat(kafka.member(group).committed(Set.of(partition))).isEqualTo(at(partition, 1));
        });
  }

  @Test
  default void callsBackForACommitOfNothing() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith();
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.assign(List.of(partition));
          List<Object> told = new ArrayList<>();

          consumer.commitAsync(Map.of(), (offsets, failure) -> told.add(offsets));

          assertThat(told).isEmpty();
          kafka.pollUntil("the callback", consumer, () -> !told.isEmpty());
          assertThat(told).containsExactly(Map.of());
        });
  }

  @Test
  default void commitsWithoutACallback() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));

          consumer.commitAsync(at(partition, 1), null);

          kafka.eventually(
              "the commit", () -> at(partition, 1).equals(consumer.committed(Set.of(partition))));
        });
  }

  @Test
  default void commitsPositionsWithoutWaiting() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.assign(List.of(partition));
          kafka.read(consumer, 2);
          List<Map<TopicPartition, OffsetAndMetadata>> told = new ArrayList<>();

          consumer.commitAsync((offsets, failure) -> told.add(offsets));
          consumer.seek(partition, 0);

          kafka.pollUntil("the callback", consumer, () -> !told.isEmpty());
          assertThat(told.get(0).get(partition).offset()).isEqualTo(2);
        });
  }

  @Test
  default void tellsTheCallbackThatItCanBeTriedAgain() throws Exception {
    run(
        kafka -> {
          TopicPartition missing = new TopicPartition(kafka.unique("missing"), 0);
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.assign(List.of(kafka.partitionWith()));
          List<Exception> failures = new ArrayList<>();

          consumer.commitAsync(at(missing, 1), (offsets, failure) -> failures.add(failure));

          kafka.pollUntil("the callback", consumer, () -> !failures.isEmpty());
          assertThat(failures.get(0))
              .isExactlyInstanceOf(RetriableCommitFailedException.class)
              .hasCauseExactlyInstanceOf(UnknownTopicOrPartitionException.class);
        });
  }

  @Test
  default void passesOnWhatACallbackThrows() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith();
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.assign(List.of(partition));
          IllegalStateException thrown = new IllegalStateException("thrown by the callback");
          consumer.commitAsync(
              at(partition, 0),
              (offsets, failure) -> {
                throw thrown;
              });

          assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(20))).isSameAs(thrown);
        });
  }
}
