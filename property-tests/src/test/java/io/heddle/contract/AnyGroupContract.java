package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.junit.jupiter.api.Test;

/** What the members of a group are promised by whichever protocol they speak. */
interface AnyGroupContract extends Contract {
  /** A member of the group by the protocol that is tried. */
  Consumer<String, String> member(KafkaArm kafka, String group, Object... overrides);

  @Test
  default void goesOnWhereThePreviousOwnerHasCommitted() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b", "c");
          String group = kafka.unique("group");
          Consumer<String, String> first = member(kafka, group, "max.poll.records", "2");
          first.subscribe(List.of(partition.topic()));
          kafka.read(first, 2);
          first.commitSync();
          first.close();
          Consumer<String, String> second = member(kafka, group);

          second.subscribe(List.of(partition.topic()));

          assertThat(kafka.values(second, 1)).containsExactly("c");
        });
  }

  @Test
  default void assignsTopicsOnlyToThoseWhoWantThem() throws Exception {
    run(
        kafka -> {
          String one = kafka.topic(2);
          String other = kafka.topic(3);
          String group = kafka.unique("group");
          Consumer<String, String> first = member(kafka, group);
          Consumer<String, String> second = member(kafka, group);
          first.subscribe(List.of(one));
          second.subscribe(List.of(other));

          kafka.pollUntil(
              "each its own topic",
              () -> first.assignment().size() == 2 && second.assignment().size() == 3,
              List.of(first, second));

          assertThat(first.assignment()).allMatch(it -> it.topic().equals(one));
          assertThat(second.assignment()).allMatch(it -> it.topic().equals(other));
        });
  }

  @Test
  default void hasNoGenerationBeforeItHasJoined() throws Exception {
    run(
        kafka -> {
          String group = kafka.unique("group");
          Consumer<String, String> consumer = member(kafka, group);
          consumer.subscribe(List.of(kafka.topic(1)));

          ConsumerGroupMetadata metadata = consumer.groupMetadata();

          assertThat(metadata.groupId()).isEqualTo(group);
          assertThat(metadata.generationId()).isEqualTo(-1);
          assertThat(metadata.memberId()).isEmpty();
          assertThat(metadata.groupInstanceId()).isEqualTo(Optional.empty());
        });
  }

  @Test
  default void refusesAGroupWithoutAName() throws Exception {
    run(
        kafka -> {
          for (String blank : List.of("", " ")) {
            assertThatThrownBy(() -> member(kafka, blank))
                .isExactlyInstanceOf(KafkaException.class)
                .hasMessage("Failed to construct kafka consumer")
                .cause()
                .isExactlyInstanceOf(InvalidGroupIdException.class)
                .hasMessage("The configured group.id should not be an empty string or whitespace.");
          }
        });
  }

  @Test
  default void refusesToCommitNull() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = member(kafka, kafka.unique("group"));

          assertThatThrownBy(
                  () -> consumer.commitSync((Map<TopicPartition, OffsetAndMetadata>) null))
              .isExactlyInstanceOf(NullPointerException.class);
          assertThatThrownBy(() -> consumer.commitSync(null, KafkaArm.SHORT))
              .isExactlyInstanceOf(NullPointerException.class);
          assertThatThrownBy(() -> consumer.commitAsync(null, null))
              .isExactlyInstanceOf(NullPointerException.class);
        });
  }

  @Test
  default void givesUpAndLeavesThoughItIsClosedByAnInterruptedThread() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          String group = kafka.unique("group");
          Consumer<String, String> consumer = member(kafka, group);
          Log log = new Log();
          consumer.subscribe(List.of(topic), log);
          kafka.join(consumer, 1);

          kafka
              .start(
                  "closes",
                  () -> {
                    Thread.currentThread().interrupt();
                    assertThatThrownBy(consumer::close)
                        .isExactlyInstanceOf(InterruptException.class);
                    consumer.close();
                  })
              .await();

          assertThat(log.lines()).containsExactly("assigned [0]", "revoked [0]");
          Consumer<String, String> next = member(kafka, group);
          next.subscribe(List.of(topic));
          kafka.join(next, 1);
        });
  }
}
