package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** Commits that wait, commits that happen by themselves, and what they leave behind. */
interface CommitContract extends Contract {
  /** The committed offset as another consumer of the group sees it; null if there is none. */
  private static OffsetAndMetadata committed(
      KafkaArm kafka, String group, TopicPartition partition) {
    try (Consumer<String, String> witness = kafka.member(group)) {
      return witness.committed(Set.of(partition)).get(partition);
    }
  }

  @Test
  default void hasNoCommittedOffsetBeforeTheFirstCommit() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));

          Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.of(partition));

          assertThat(committed).containsOnlyKeys(partition).containsValue(null);
        });
  }

  @Test
  default void knowsNoCommittedOffsetsOfNoPartitions() throws Exception {
    run(kafka -> assertThat(kafka.member(kafka.unique("group")).committed(Set.of())).isEmpty());
  }

  @Test
  default void returnsACommitWithItsNoteAndLeaderEpoch() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          String group = kafka.unique("group");
          OffsetAndMetadata offset = new OffsetAndMetadata(1, Optional.of(0), "a note");

          kafka.member(group).commitSync(Map.of(partition, offset));

          assertThat(committed(kafka, group, partition)).isEqualTo(offset);
        });
  }

  @Test
  default void commitsWithoutAnEpochIfNoneIsNamed() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          String group = kafka.unique("group");

          kafka.member(group).commitSync(Map.of(partition, new OffsetAndMetadata(1)));

          assertThat(committed(kafka, group, partition))
              .isEqualTo(new OffsetAndMetadata(1, Optional.empty(), ""));
        });
  }

  @Test
  default void commitsPositionsAfterPoll() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b", "c");
          String group = kafka.unique("group");
          Consumer<String, String> consumer = kafka.member(group, "max.poll.records", "2");
          consumer.assign(List.of(partition));
          kafka.read(consumer, 2);

          consumer.commitSync();

          assertThat(committed(kafka, group, partition))
              .isEqualTo(new OffsetAndMetadata(2, Optional.of(0), ""));
        });
  }

  @Test
  default void commitsASoughtPosition() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b", "c");
          String group = kafka.unique("group");
          Consumer<String, String> consumer = kafka.member(group);
          consumer.assign(List.of(partition));
          consumer.seek(partition, 2);

          consumer.commitSync();

          assertThat(committed(kafka, group, partition).offset()).isEqualTo(2);
        });
  }

  @Test
  default void commitsAPositionFromAResetWithoutAnEpoch() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          String group = kafka.unique("group");
          Consumer<String, String> consumer = kafka.member(group);
          consumer.assign(List.of(partition));
          assertThat(consumer.position(partition)).isZero();

          consumer.commitSync();

          assertThat(committed(kafka, group, partition))
              .isEqualTo(new OffsetAndMetadata(0, Optional.empty(), ""));
        });
  }

  @Test
  default void commitsNothingWhereItHasNoPosition() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          String group = kafka.unique("group");
          Consumer<String, String> consumer = kafka.member(group);
          consumer.assign(List.of(partition));

          consumer.commitSync();

          assertThat(committed(kafka, group, partition)).isNull();
        });
  }

  @Test
  default void commitsForPartitionsThatAreNotAssigned() throws Exception {
    run(
        kafka -> {
          TopicPartition assigned = kafka.partitionWith("a");
          TopicPartition other = kafka.partitionWith("b");
          String group = kafka.unique("group");
          Consumer<String, String> consumer = kafka.member(group);
          consumer.subscribe(List.of(assigned.topic()));
          kafka.join(consumer, 1);

          consumer.commitSync(Map.of(other, new OffsetAndMetadata(1)));

          assertThat(consumer.committed(Set.of(other)).get(other).offset()).isEqualTo(1);
        });
  }

  @Test
  default void commitsBeyondTheEndAndBackAgain() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          String group = kafka.unique("group");
          Consumer<String, String> consumer = kafka.member(group);

          consumer.commitSync(Map.of(partition, new OffsetAndMetadata(9)));
          assertThat(committed(kafka, group, partition).offset()).isEqualTo(9);
          consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0)));
          assertThat(committed(kafka, group, partition).offset()).isZero();
        });
  }

  @Test
  default void keepsTheCommitsOfGroupsApart() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");

          kafka
              .member(kafka.unique("group"))
              .commitSync(Map.of(partition, new OffsetAndMetadata(1)));

          assertThat(committed(kafka, kafka.unique("group"), partition)).isNull();
        });
  }

  @Test
  default void givesUpCommittingForAMissingTopicAfterItsTimeout() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.unique("missing"), 0);
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));

          assertThatThrownBy(
                  () ->
                      consumer.commitSync(
                          Map.of(partition, new OffsetAndMetadata(1)), Duration.ofMillis(300)))
              .isExactlyInstanceOf(TimeoutException.class);
        });
  }

  @Test
  default void refusesALongNote() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));

          assertThatThrownBy(
                  () ->
                      consumer.commitSync(
                          Map.of(partition, new OffsetAndMetadata(1, "x".repeat(4_097)))))
              .isExactlyInstanceOf(OffsetMetadataTooLarge.class);
        });
  }

  @Test
  default void commitsWhenClosedIfItCommitsByItself() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          String group = kafka.unique("group");
          Consumer<String, String> consumer = kafka.member(group, "enable.auto.commit", "true");
          consumer.subscribe(List.of(partition.topic()));
          kafka.read(consumer, 2);

          consumer.close();

          assertThat(committed(kafka, group, partition).offset()).isEqualTo(2);
        });
  }

  @Test
  default void doesNotCommitWhenClosedIfItDoesNotCommitByItself() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          String group = kafka.unique("group");
          Consumer<String, String> consumer = kafka.member(group);
          consumer.subscribe(List.of(partition.topic()));
          kafka.read(consumer, 2);

          consumer.close();

          assertThat(committed(kafka, group, partition)).isNull();
        });
  }

  @Test
  default void commitsByItselfFromTimeToTime() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          String group = kafka.unique("group");
          Consumer<String, String> consumer =
              kafka.member(group, "enable.auto.commit", "true", "auto.commit.interval.ms", "100");
          consumer.assign(List.of(partition));
          kafka.read(consumer, 2);

          kafka.pollUntil(
              "a commit",
              consumer,
              () -> {
                OffsetAndMetadata found = consumer.committed(Set.of(partition)).get(partition);
                return found != null && found.offset() == 2;
              });
        });
  }

  @Test
  default void commitsByItselfBeforeItIsAssignedOtherPartitions() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          TopicPartition other = kafka.partitionWith();
          String group = kafka.unique("group");
          Consumer<String, String> consumer =
              kafka.member(group, "enable.auto.commit", "true", "auto.commit.interval.ms", "1");
          consumer.assign(List.of(partition));
          kafka.read(consumer, 2);
          // Takes a while, in which the time for a commit comes.
          assertThat(consumer.committed(Set.of(partition))).hasSize(1);

          consumer.assign(List.of(other));

          kafka.eventually(
              "a commit",
              () -> {
                OffsetAndMetadata found = consumer.committed(Set.of(partition)).get(partition);
                return found != null && found.offset() == 2;
              });
        });
  }

  @Test
  default void commitsByItselfBeforePartitionsAreRevoked() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          String group = kafka.unique("group");
          Consumer<String, String> consumer = kafka.member(group, "enable.auto.commit", "true");
          Log log = new Log();
          log.onRevoke(
              () -> log.add("committed " + consumer.committed(Set.of(partition)).get(partition)));
          consumer.subscribe(List.of(partition.topic()), log);
          kafka.read(consumer, 2);

          consumer.enforceRebalance();
          kafka.pollUntil("a second assignment", consumer, () -> log.count("assigned") == 2);

          assertThat(log.lines())
              .containsExactly(
                  "assigned [0]",
                  "revoked [0]",
                  "committed " + new OffsetAndMetadata(2, Optional.of(0), ""),
                  "assigned [0]");
        });
  }

  @Test
  default void refusesNegativeTimeouts() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.assign(List.of(partition));
          Duration negative = Duration.ofMillis(-1);

          List<KafkaArm.Step> steps =
              List.of(
                  () -> consumer.poll(negative),
                  () -> consumer.commitSync(negative),
                  () -> consumer.committed(Set.of(partition), negative),
                  () -> consumer.position(partition, negative));
          for (KafkaArm.Step step : steps) {
            assertThatThrownBy(step::run).isExactlyInstanceOf(IllegalArgumentException.class);
          }
        });
  }
}
