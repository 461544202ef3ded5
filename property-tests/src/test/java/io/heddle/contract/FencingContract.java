package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.junit.jupiter.api.Test;

/** Members that are thrown out, come too late or come twice, and static members. */
interface FencingContract extends Contract {
  private static Map<TopicPartition, OffsetAndMetadata> at(TopicPartition partition, long offset) {
    return Map.of(partition, new OffsetAndMetadata(offset));
  }

  /** Joins, then polls so seldom that another member gets everything. */
  private static Consumer<String, String> overtaken(
      KafkaArm kafka, String group, TopicPartition partition, ConsumerRebalanceListener listener) {
    Consumer<String, String> slow =
        kafka.member(group, "max.poll.interval.ms", "600", "session.timeout.ms", "5000");
    slow.subscribe(List.of(partition.topic()), listener);
    kafka.join(slow, 1);
    Consumer<String, String> other = kafka.member(group);
    other.subscribe(List.of(partition.topic()));
    kafka.join(other, 1);
    return slow;
  }

  @Test
  default void cannotCommitAfterPollingTooLate() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> slow =
              overtaken(kafka, kafka.unique("group"), partition, new Log());

          assertThatThrownBy(() -> slow.commitSync(at(partition, 1)))
              .isExactlyInstanceOf(CommitFailedException.class);
        });
  }

  @Test
  default void tellsTheCallbackOfACommitAfterPollingTooLate() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> slow =
              overtaken(kafka, kafka.unique("group"), partition, new Log());
          List<Exception> failures = new ArrayList<>();

          slow.commitAsync(at(partition, 1), (offsets, failure) -> failures.add(failure));

          kafka.pollUntil("the callback", slow, () -> !failures.isEmpty());
          assertThat(failures.get(0)).isExactlyInstanceOf(CommitFailedException.class);
        });
  }

  @Test
  default void losesItsPartitionsByPollingTooLate() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Log log = new Log();
          Consumer<String, String> slow = overtaken(kafka, kafka.unique("group"), partition, log);
          assertThat(slow.assignment()).containsExactly(partition);

          kafka.pollUntil("the loss", slow, () -> log.count("lost") == 1);

          assertThat(log.lines()).startsWith("assigned [0]", "lost [0]");
        });
  }

  @Test
  default void takesALossForARevocationUnlessToldOtherwise() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          List<Collection<TopicPartition>> revoked = new ArrayList<>();
          ConsumerRebalanceListener listener =
              new ConsumerRebalanceListener() {
                @Override
                public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                  revoked.add(partitions);
                }

                @Override
                public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                  assertThat(partitions).isNotNull();
                }
              };
          Consumer<String, String> slow =
              overtaken(kafka, kafka.unique("group"), partition, listener);

          kafka.pollUntil("a call", slow, () -> !revoked.isEmpty());

          assertThat(revoked.get(0)).containsExactly(partition);
        });
  }

  @Test
  default void losesItsPartitionsWhenItUnsubscribesTooLate() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Log log = new Log();
          Consumer<String, String> slow = overtaken(kafka, kafka.unique("group"), partition, log);

          slow.unsubscribe();

          assertThat(log.lines()).containsExactly("assigned [0]", "lost [0]");
        });
  }

  @Test
  default void cannotCommitBeforeItHasJoined() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.subscribe(List.of(partition.topic()));

          assertThatThrownBy(() -> consumer.commitSync(at(partition, 1)))
              .isExactlyInstanceOf(CommitFailedException.class);
        });
  }

  @Test
  default void cannotCommitFromOutsideOfAGroupWithMembers() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          String group = kafka.unique("group");
          Consumer<String, String> member = kafka.member(group);
          member.subscribe(List.of(partition.topic()));
          kafka.join(member, 1);
          Consumer<String, String> outsider = kafka.member(group);
          outsider.assign(List.of(partition));

          assertThatThrownBy(() -> outsider.commitSync(at(partition, 1)))
              .isExactlyInstanceOf(CommitFailedException.class);
        });
  }

  /** Two members of which one has given up its partitions and waits for the other to join. */
  private static Consumer<String, String> waiting(KafkaArm kafka, TopicPartition partition) {
    String group = kafka.unique("group");
    String range = RangeAssignor.class.getName();
    Consumer<String, String> first =
        kafka.member(group, "partition.assignment.strategy", range, "enable.auto.commit", "true");
    Consumer<String, String> second = kafka.member(group, "partition.assignment.strategy", range);
    Log log = new Log();
    first.subscribe(List.of(partition.topic()), log);
    second.subscribe(List.of(partition.topic()));
    kafka.settle(1, List.of(first, second));
    first.enforceRebalance();
    kafka.eventually(
        "the revocation",
        () -> {
          long before = log.count("revoked");
          first.poll(KafkaArm.SHORT);
          return log.count("revoked") > before || first.assignment().isEmpty();
        });
    return first;
  }

  @Test
  default void cannotCommitWhileItWaitsForARebalance() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(2), 0);
          Consumer<String, String> consumer = waiting(kafka, partition);

          assertThatThrownBy(() -> consumer.commitSync(at(partition, 0)))
              .isExactlyInstanceOf(RebalanceInProgressException.class);
        });
  }

  @Test
  default void tellsTheCallbackOfACommitDuringARebalance() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(2), 0);
          Consumer<String, String> consumer = waiting(kafka, partition);
          List<Exception> failures = new ArrayList<>();

          consumer.commitAsync(at(partition, 0), (offsets, failure) -> failures.add(failure));

          kafka.pollUntil("the callback", consumer, () -> !failures.isEmpty());
          assertThat(failures.get(0)).isExactlyInstanceOf(RebalanceInProgressException.class);
        });
  }

  @Test
  default void closesInTheMiddleOfARebalance() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(2), 0);
          Consumer<String, String> consumer = waiting(kafka, partition);

          consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));

          assertThatThrownBy(consumer::assignment).isInstanceOf(IllegalStateException.class);
        });
  }

  @Test
  default void canCommitWhileOthersPrepareARebalance() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          String group = kafka.unique("group");
          Consumer<String, String> consumer = kafka.member(group);
          consumer.subscribe(List.of(partition.topic()));
          kafka.join(consumer, 1);
          Consumer<String, String> newcomer = kafka.member(group);
          newcomer.subscribe(List.of(partition.topic()));
          for (int i = 0; i < 5; i++) {
            newcomer.poll(KafkaArm.SHORT);
          }

          consumer.commitSync(at(partition, 1));

          assertThat(consumer.committed(Set.of(partition))).isEqualTo(at(partition, 1));
        });
  }

  @Test
  default void keepsThePartitionsOfAStaticMemberThatComesBack() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          String group = kafka.unique("group");
          Consumer<String, String> stays = kafka.member(group);
          Consumer<String, String> leaves = kafka.member(group, "group.instance.id", "i1");
          stays.subscribe(List.of(topic));
          leaves.subscribe(List.of(topic));
          kafka.settle(1, List.of(stays, leaves));
          Set<TopicPartition> before = leaves.assignment();
          int generation = stays.groupMetadata().generationId();
          leaves.close();

          Consumer<String, String> returns = kafka.member(group, "group.instance.id", "i1");
          returns.subscribe(List.of(topic));
          kafka.settle(1, List.of(stays, returns));

          assertThat(returns.assignment()).isEqualTo(before);
          assertThat(returns.groupMetadata().generationId()).isEqualTo(generation);
          assertThat(returns.groupMetadata().groupInstanceId()).isEqualTo(Optional.of("i1"));
        });
  }

  @Test
  default void fencesAStaticMemberWhoseTwinHasJoined() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          String group = kafka.unique("group");
          Consumer<String, String> first = kafka.member(group, "group.instance.id", "i1");
          first.subscribe(List.of(topic));
          kafka.join(first, 1);
          Consumer<String, String> twin = kafka.member(group, "group.instance.id", "i1");
          twin.subscribe(List.of(topic));
          kafka.join(twin, 1);

          assertThatThrownBy(() -> first.poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(FencedInstanceIdException.class);
        });
  }

  @Test
  default void refusesTheCommitOfAFencedStaticMember() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          String group = kafka.unique("group");
          Consumer<String, String> first =
              kafka.member(group, "group.instance.id", "i1", "heartbeat.interval.ms", "9000");
          first.subscribe(List.of(partition.topic()));
          kafka.join(first, 1);
          Consumer<String, String> twin = kafka.member(group, "group.instance.id", "i1");
          twin.subscribe(List.of(partition.topic()));
          kafka.join(twin, 1);

          assertThatThrownBy(() -> first.commitSync(at(partition, 1)))
              .isExactlyInstanceOf(FencedInstanceIdException.class);
        });
  }

  @Test
  default void isNoMemberAnyMoreOnceAStaticMemberHasHeardThatItIsFenced() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          String group = kafka.unique("group");
          Consumer<String, String> first = kafka.member(group, "group.instance.id", "i1");
          Log log = new Log();
          first.subscribe(List.of(partition.topic()), log);
          kafka.join(first, 1);
          Consumer<String, String> twin = kafka.member(group, "group.instance.id", "i1");
          twin.subscribe(List.of(partition.topic()));
          kafka.join(twin, 1);
          assertThatThrownBy(() -> first.poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(FencedInstanceIdException.class);

          assertThatThrownBy(() -> first.commitSync(at(partition, 1)))
              .isExactlyInstanceOf(CommitFailedException.class)
              .hasMessageContaining("is not part of an active group");
          kafka.pollUntil("the loss", first, () -> log.count("lost") == 1);
          assertThat(log.lines()).startsWith("assigned [0]", "lost [0]");
        });
  }
}
