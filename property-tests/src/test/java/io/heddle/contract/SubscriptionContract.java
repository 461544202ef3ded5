package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.junit.jupiter.api.Test;

/** What a consumer reads: topics through its group, or partitions by hand. */
interface SubscriptionContract extends Contract {
  @Test
  default void refusesToPollWithoutSubscriptionOrAssignment() throws Exception {
    run(
        kafka ->
            assertThatThrownBy(() -> kafka.reader().poll(Duration.ZERO))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("Consumer is not subscribed to any topics or assigned any partitions"));
  }

  @Test
  default void refusesToAssignWhileSubscribed() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.subscribe(List.of("t"));

          assertThatThrownBy(() -> consumer.assign(List.of(new TopicPartition("t", 0))))
              .isExactlyInstanceOf(IllegalStateException.class)
              .hasMessage("Subscription to topics, partitions and pattern are mutually exclusive");
          assertThat(consumer.subscription()).containsExactly("t");
        });
  }

  @Test
  default void refusesToSubscribeWhileAssigned() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.assign(List.of(new TopicPartition("t", 0)));

          assertThatThrownBy(() -> consumer.subscribe(List.of("t")))
              .isExactlyInstanceOf(IllegalStateException.class);
          assertThat(consumer.assignment()).containsExactly(new TopicPartition("t", 0));
        });
  }

  @Test
  default void canBeAssignedAfterUnsubscribing() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.subscribe(List.of(partition.topic()));
          consumer.unsubscribe();

          consumer.assign(List.of(partition));

          assertThat(kafka.values(consumer, 1)).containsExactly("a");
        });
  }

  @Test
  default void hasNothingAfterUnsubscribing() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.subscribe(List.of(kafka.topic(2)));
          kafka.join(consumer, 2);

          consumer.unsubscribe();

          assertThat(consumer.subscription()).isEmpty();
          assertThat(consumer.assignment()).isEmpty();
          assertThatThrownBy(() -> consumer.poll(Duration.ZERO))
              .isExactlyInstanceOf(IllegalStateException.class);
        });
  }

  @Test
  default void takesSubscribingToNothingForUnsubscribing() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.assign(List.of(new TopicPartition("t", 0)));

          consumer.subscribe(List.of());

          assertThat(consumer.assignment()).isEmpty();
        });
  }

  @Test
  default void takesAssigningNothingForUnsubscribing() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.subscribe(List.of("t"));

          consumer.assign(List.of());

          assertThat(consumer.subscription()).isEmpty();
        });
  }

  @Test
  default void refusesMissingAndEmptyTopics() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));

          for (Collection<String> topics :
              Arrays.asList(null, List.of(" "), Arrays.asList("t", null))) {
            assertThatThrownBy(() -> consumer.subscribe(topics))
                .isExactlyInstanceOf(IllegalArgumentException.class);
          }
          assertThat(consumer.subscription()).isEmpty();
        });
  }

  @Test
  default void refusesAMissingListener() throws Exception {
    run(
        kafka ->
            assertThatThrownBy(
                    () ->
                        kafka
                            .member(kafka.unique("group"))
                            .subscribe(List.of("t"), (ConsumerRebalanceListener) null))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("RebalanceListener cannot be null"));
  }

  @Test
  default void refusesMissingPartitions() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.reader();

          for (Collection<TopicPartition> partitions :
              Arrays.asList(
                  null, Arrays.asList((TopicPartition) null), List.of(new TopicPartition("", 0)))) {
            assertThatThrownBy(() -> consumer.assign(partitions))
                .isExactlyInstanceOf(IllegalArgumentException.class);
          }
        });
  }

  @Test
  default void needsAGroupForWhateverIsManagedByOne() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.reader();
          TopicPartition partition = new TopicPartition("t", 0);

          List<KafkaArm.Step> steps =
              List.of(
                  () -> consumer.subscribe(List.of("t")),
                  consumer::commitSync,
                  consumer::commitAsync,
                  () -> consumer.commitSync(Map.of()),
                  () -> consumer.committed(Set.of(partition)),
                  consumer::groupMetadata);
          for (KafkaArm.Step step : steps) {
            assertThatThrownBy(step::run).isExactlyInstanceOf(InvalidGroupIdException.class);
          }
        });
  }

  @Test
  default void needsAGroupToEnforceARebalance() throws Exception {
    run(
        kafka ->
            assertThatThrownBy(() -> kafka.reader().enforceRebalance())
                .isExactlyInstanceOf(IllegalStateException.class));
  }

  @Test
  default void replacesTopicsByTheLatestSubscription() throws Exception {
    run(
        kafka -> {
          String first = kafka.topic(1);
          String second = kafka.topic(1);
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.subscribe(List.of(first));
          kafka.join(consumer, 1);

          consumer.subscribe(List.of(second));

          assertThat(consumer.subscription()).containsExactly(second);
          assertThat(consumer.assignment()).containsExactly(new TopicPartition(first, 0));
          kafka.pollUntil(
              "the second topic's partition",
              consumer,
              () -> consumer.assignment().equals(Set.of(new TopicPartition(second, 0))));
        });
  }

  @Test
  default void keepsWhatStaysAssigned() throws Exception {
    run(
        kafka -> {
          TopicPartition kept = kafka.partitionWith("a", "b");
          TopicPartition other = kafka.partitionWith("c");
          Consumer<String, String> consumer = kafka.reader();
          consumer.assign(List.of(kept));
          consumer.seek(kept, 1);
          consumer.pause(List.of(kept));

          consumer.assign(List.of(kept, other));

          assertThat(consumer.position(kept)).isEqualTo(1);
          assertThat(consumer.paused()).containsExactly(kept);
          assertThat(consumer.assignment()).containsExactlyInAnyOrder(kept, other);
        });
  }

  @Test
  default void forgetsWhereAPartitionStoodThatIsAssignedAnew() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = kafka.reader();
          consumer.assign(List.of(partition));
          consumer.seek(partition, 1);
          consumer.pause(List.of(partition));
          consumer.unsubscribe();

          consumer.assign(List.of(partition));

          assertThat(consumer.paused()).isEmpty();
          assertThat(consumer.position(partition)).isZero();
        });
  }

  @Test
  default void doesNotLetItsSetsBeChanged() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.reader();
          TopicPartition partition = new TopicPartition("t", 0);
          consumer.assign(List.of(partition));

          assertThatThrownBy(() -> consumer.assignment().remove(partition))
              .isInstanceOf(UnsupportedOperationException.class);
          assertThatThrownBy(() -> consumer.subscription().add("t"))
              .isInstanceOf(UnsupportedOperationException.class);
          assertThatThrownBy(() -> consumer.paused().add(partition))
              .isInstanceOf(UnsupportedOperationException.class);
        });
  }

  @Test
  default void deliversNothingOfAPartitionThatIsNoLongerAssigned() throws Exception {
    run(
        kafka -> {
          TopicPartition first = kafka.partitionWith("a1", "a2");
          TopicPartition second = kafka.partitionWith("b1", "b2");
          Consumer<String, String> consumer = kafka.reader("max.poll.records", "1");
          consumer.assign(List.of(first));
          assertThat(kafka.values(consumer, 1)).containsExactly("a1");

          consumer.assign(List.of(second));

          assertThat(kafka.values(consumer, 2)).containsExactly("b1", "b2");
        });
  }
}
