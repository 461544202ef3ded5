package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How members of the consumer protocol (KIP-848) commit, and what fences them. */
interface ModernCommitContract extends Contract {
  private static Map<TopicPartition, OffsetAndMetadata> at(TopicPartition partition, long offset) {
    return Map.of(partition, new OffsetAndMetadata(offset));
  }

  private static Consumer<String, String> reading(
      KafkaArm kafka, String group, TopicPartition partition, Object... overrides) {
    Consumer<String, String> consumer = kafka.modern(group, overrides);
    consumer.subscribe(List.of(partition.topic()), new Log());
    kafka.read(consumer, 2);
    return consumer;
  }

  /** Puts everybody out; only the other comes back, since it has no listener to tell first. */
  private static void replaceBy(Consumer<String, String> other, KafkaArm kafka, String group) {
    kafka.expel(group);
    kafka.join(other, 1);
  }

  private static long committed(KafkaArm kafka, String group, TopicPartition partition) {
    return kafka.modern(group).committed(Set.of(partition)).get(partition).offset();
  }

  @Test
  default void modernMembersCommitWhatTheyHaveRead() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = reading(kafka, kafka.unique("group"), partition);

          consumer.commitSync();

          assertThat(consumer.committed(Set.of(partition)).get(partition).offset()).isEqualTo(2);
        });
  }

  @Test
  default void modernMembersCommitWithoutWaiting() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = reading(kafka, kafka.unique("group"), partition);
          List<Long> told = new ArrayList<>();

          consumer.commitAsync(
              (offsets, failure) -> {
                assertThat(failure).isNull();
                told.add(offsets.get(partition).offset());
              });
          kafka.pollUntil("the callback", consumer, () -> !told.isEmpty());

          assertThat(told).containsExactly(2L);
        });
  }

  @Test
  default void modernConsumersTellNullOfACommitOfNothing() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith();
          Consumer<String, String> consumer = kafka.modern(kafka.unique("group"));
          consumer.assign(List.of(partition));
          List<Object> told = new ArrayList<>();

          consumer.commitAsync(
              Map.of(), (offsets, failure) -> told.add(Arrays.asList(offsets, failure)));

          assertThat(told).isEmpty();
          kafka.pollUntil("the callback", consumer, () -> !told.isEmpty());
          assertThat(told).containsExactly(Arrays.asList(null, null));
        });
  }

  @Test
  default void modernConsumersTellNoOffsetsOfACommitOfWhatTheyHaveNotRead() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.modern(kafka.unique("group"));
          List<Object> told = new ArrayList<>();

          consumer.commitAsync((offsets, failure) -> told.add(Arrays.asList(offsets, failure)));
          kafka.eventually(
              "the callback",
              () -> {
                consumer.commitSync(Map.of());
                return !told.isEmpty();
              });

          assertThat(told).containsExactly(Arrays.asList(Map.of(), null));
        });
  }

  @Test
  default void modernMembersCommitAsNobodyOnceTheGroupIsEmpty() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = reading(kafka, kafka.unique("group"), partition);
          consumer.unsubscribe();

          consumer.commitSync(at(partition, 1));

          assertThat(consumer.committed(Set.of(partition))).isEqualTo(at(partition, 1));
        });
  }

  @Test
  default void modernConsumersCommitWhatTheyAssignThemselves() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = kafka.modern(kafka.unique("group"));
          consumer.assign(List.of(partition));
          kafka.read(consumer, 2);

          consumer.commitSync();

          assertThat(consumer.committed(Set.of(partition)).get(partition).offset()).isEqualTo(2);
        });
  }

  @Test
  default void strangersCannotCommitWhileAModernGroupHasMembers() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          String group = kafka.unique("group");
          Consumer<String, String> member = reading(kafka, group, partition);
          Consumer<String, String> stranger = kafka.modern(group);

          assertThatThrownBy(() -> stranger.commitSync(at(partition, 1)))
              .isExactlyInstanceOf(CommitFailedException.class);
          assertThat(member.assignment()).containsExactly(partition);
        });
  }

  @Test
  default void cannotCommitAfterBeingPutOut() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          String group = kafka.unique("group");
          Consumer<String, String> consumer = reading(kafka, group, partition);
          Consumer<String, String> other = kafka.modern(group);
          other.subscribe(List.of(partition.topic()));
          replaceBy(other, kafka, group);

          assertThatThrownBy(() -> consumer.commitSync(at(partition, 1)))
              .isExactlyInstanceOf(CommitFailedException.class);
        });
  }

  @Test
  default void tellsTheCallbackThatItWasPutOut() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          String group = kafka.unique("group");
          Consumer<String, String> consumer = reading(kafka, group, partition);
          Consumer<String, String> other = kafka.modern(group);
          other.subscribe(List.of(partition.topic()));
          replaceBy(other, kafka, group);
          List<Class<?>> told = new ArrayList<>();

          consumer.commitAsync(
              at(partition, 1), (offsets, failure) -> told.add(failure.getClass()));
          kafka.pollUntil("the callback", consumer, () -> !told.isEmpty());

          assertThat(told).isEqualTo(List.of(CommitFailedException.class));
        });
  }

  @Test
  default void modernMembersCommitByThemselvesWhenClosing() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          String group = kafka.unique("group");

          reading(kafka, group, partition, "enable.auto.commit", "true").close();

          assertThat(committed(kafka, group, partition)).isEqualTo(2);
        });
  }

  @Test
  default void modernMembersCommitByThemselvesFromTimeToTime() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          String group = kafka.unique("group");
          Consumer<String, String> consumer =
              reading(
                  kafka,
                  group,
                  partition,
                  "enable.auto.commit",
                  "true",
                  "auto.commit.interval.ms",
                  "100");

          kafka.pollUntil(
              "a commit",
              consumer,
              () -> consumer.committed(Set.of(partition)).get(partition) != null);

          assertThat(committed(kafka, group, partition)).isEqualTo(2);
        });
  }

  @Test
  default void modernMembersCommitByThemselvesBeforePartitionsGo() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          String group = kafka.unique("group");
          kafka.write(new TopicPartition(topic, 0), "a");
          kafka.write(new TopicPartition(topic, 1), "b");
          Consumer<String, String> first =
              kafka.modern(
                  group, "enable.auto.commit", "true", "auto.commit.interval.ms", "100000");
          first.subscribe(List.of(topic));
          kafka.read(first, 2);

          Consumer<String, String> second = kafka.modern(group);
          second.subscribe(List.of(topic));
          kafka.settle(1, List.of(first, second));

          TopicPartition moved = second.assignment().iterator().next();
          assertThat(second.position(moved)).isEqualTo(1);
        });
  }

  @Test
  default void offsetsOfModernMembersCanBePartOfATransaction() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          String group = kafka.unique("group");
          Consumer<String, String> consumer = reading(kafka, group, partition);
          Producer<String, String> producer = kafka.producer("transactional.id", group);
          producer.initTransactions();
          producer.beginTransaction();

          producer.sendOffsetsToTransaction(at(partition, 1), consumer.groupMetadata());
          producer.commitTransaction();

          assertThat(consumer.committed(Set.of(partition))).isEqualTo(at(partition, 1));
        });
  }

  @Test
  default void offsetsOfWhoWasPutOutCannotBePartOfATransaction() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          String group = kafka.unique("group");
          Consumer<String, String> consumer = reading(kafka, group, partition);
          ConsumerGroupMetadata before = consumer.groupMetadata();
          Consumer<String, String> other = kafka.modern(group);
          other.subscribe(List.of(partition.topic()));
          Producer<String, String> producer = kafka.producer("transactional.id", group);
          producer.initTransactions();
          producer.beginTransaction();
          replaceBy(other, kafka, group);

          assertThatThrownBy(() -> producer.sendOffsetsToTransaction(at(partition, 1), before))
              .isExactlyInstanceOf(CommitFailedException.class);
          producer.abortTransaction();
        });
  }

  /** KIP-1251 looks at partitions for an epoch that has passed, and for no other. */
  @Test
  default void theLastEpochVouchesForAnyPartitionAndAnOlderOneForWhatIsStillOwned()
      throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          String group = kafka.unique("group");
          Consumer<String, String> consumer = kafka.modern(group);
          consumer.subscribe(List.of(topic));
          kafka.join(consumer, 2);
          ConsumerGroupMetadata before = consumer.groupMetadata();
          Consumer<String, String> other = kafka.modern(group);
          other.subscribe(List.of(topic));
          kafka.settle(1, List.of(consumer, other));
          kafka.pollUntil(
              "the epoch moves",
              () -> consumer.groupMetadata().generationId() > before.generationId(),
              List.of(consumer, other));
          ConsumerGroupMetadata after = consumer.groupMetadata();
          TopicPartition kept = consumer.assignment().iterator().next();
          TopicPartition gone = other.assignment().iterator().next();
          Producer<String, String> producer = kafka.producer("transactional.id", group);
          producer.initTransactions();

          producer.beginTransaction();
          producer.sendOffsetsToTransaction(at(kept, 1), before);
          producer.commitTransaction();
          producer.beginTransaction();
          assertThatThrownBy(() -> producer.sendOffsetsToTransaction(at(gone, 1), before))
              .isExactlyInstanceOf(CommitFailedException.class);
          producer.abortTransaction();
          producer.beginTransaction();
          producer.sendOffsetsToTransaction(at(gone, 2), after);
          producer.commitTransaction();

          assertThat(consumer.committed(Set.of(kept))).isEqualTo(at(kept, 1));
          assertThat(consumer.committed(Set.of(gone))).isEqualTo(at(gone, 2));
        });
  }

  @Test
  default void needsNoGroupToIgnoreARebalance() throws Exception {
    run(kafka -> kafka.modernReader().enforceRebalance());
  }
}
