package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What becomes of members that subscribe to a topic which is not there, or no longer there. */
interface MissingTopicContract extends AnyGroupContract {
  /** Members that soon notice what has become of their topics. */
  private Consumer<String, String> watchful(KafkaArm kafka, String group) {
    return member(kafka, group, "metadata.max.age.ms", "300");
  }

  private static int members(Admin admin, String group) {
    try {
      return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().size();
    } catch (ExecutionException | InterruptedException failed) {
      return 0;
    }
  }

  @Test
  default void readsThoseOfItsTopicsThatExist() throws Exception {
    run(
        kafka -> {
          TopicPartition there = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = watchful(kafka, kafka.unique("group"));
          consumer.subscribe(List.of(kafka.unique("missing"), there.topic()));

          assertThat(kafka.values(consumer, 2)).containsExactly("a", "b");
          assertThat(consumer.assignment()).containsExactly(there);
        });
  }

  @Test
  default void isAMemberThoughItsOnlyTopicDoesNotExist() throws Exception {
    run(
        kafka -> {
          String group = kafka.unique("group");
          Consumer<String, String> consumer = watchful(kafka, group);
          consumer.subscribe(List.of(kafka.unique("missing")));

          kafka.pollUntil(
              "a member",
              consumer,
              () ->
                  consumer.groupMetadata().generationId() > 0
                      && members(kafka.admin(), group) == 1);
          assertThat(consumer.assignment()).isEmpty();
        });
  }

  @Test
  default void sharesATopicWithAMemberWhoseOtherTopicDoesNotExist() throws Exception {
    run(
        kafka -> {
          String there = kafka.topic(2);
          String group = kafka.unique("group");
          Consumer<String, String> hopeful = watchful(kafka, group);
          Consumer<String, String> other = watchful(kafka, group);
          hopeful.subscribe(List.of(there, kafka.unique("missing")));
          other.subscribe(List.of(there));

          kafka.settle(1, List.of(hopeful, other));
        });
  }

  @Test
  default void takesATopicOverThatComesLater() throws Exception {
    run(
        kafka -> {
          TopicPartition there = new TopicPartition(kafka.topic(1), 0);
          TopicPartition later = new TopicPartition(kafka.unique("missing"), 0);
          Consumer<String, String> consumer = watchful(kafka, kafka.unique("group"));
          consumer.subscribe(List.of(there.topic(), later.topic()));
          kafka.join(consumer, 1);

          kafka
              .admin()
              .createTopics(List.of(new NewTopic(later.topic(), 1, (short) 1)))
              .all()
              .get();

          kafka.pollUntil(
              "both topics", consumer, () -> consumer.assignment().equals(Set.of(there, later)));
        });
  }

  @Test
  default void givesNothingUpButTheTopicThatIsDeleted() throws Exception {
    run(
        kafka -> {
          String deleted = kafka.topic(1);
          TopicPartition kept = new TopicPartition(kafka.topic(1), 0);
          Consumer<String, String> consumer = watchful(kafka, kafka.unique("group"));
          consumer.subscribe(List.of(deleted, kept.topic()));
          kafka.join(consumer, 2);

          kafka.admin().deleteTopics(List.of(deleted)).all().get();
          kafka.pollUntil(
              "the topic that is left", consumer, () -> consumer.assignment().equals(Set.of(kept)));

          kafka.write(kept, "a");
          assertThat(kafka.values(consumer, 1)).containsExactly("a");
          consumer.commitSync();
          assertThat(consumer.committed(Set.of(kept)))
              .containsEntry(kept, new OffsetAndMetadata(1, Optional.of(0), ""));
        });
  }

  @Test
  default void goesOnSharingAfterOneOfItsTopicsIsDeleted() throws Exception {
    run(
        kafka -> {
          String deleted = kafka.topic(1);
          String kept = kafka.topic(2);
          String group = kafka.unique("group");
          Consumer<String, String> first = watchful(kafka, group);
          Consumer<String, String> second = watchful(kafka, group);
          first.subscribe(List.of(deleted, kept));
          kafka.join(first, 3);

          kafka.admin().deleteTopics(List.of(deleted)).all().get();
          kafka.join(first, 2);
          second.subscribe(List.of(kept));

          kafka.settle(1, List.of(first, second));
          assertThat(first.assignment()).doesNotContainAnyElementsOf(second.assignment());
          assertThat(members(kafka.admin(), group)).isEqualTo(2);
        });
  }

  @Test
  default void staysAMemberWithNothingOnceItsOnlyTopicIsDeleted() throws Exception {
    run(
        kafka -> {
          String deleted = kafka.topic(2);
          String group = kafka.unique("group");
          Consumer<String, String> consumer = watchful(kafka, group);
          Log log = new Log();
          consumer.subscribe(List.of(deleted), log);
          kafka.join(consumer, 2);

          kafka.admin().deleteTopics(List.of(deleted)).all().get();
          kafka.pollUntil(
              "an assignment of nothing", consumer, () -> log.count("assigned []") == 1);

          assertThat(log.lines())
              .containsExactly("assigned [0, 1]", "revoked [0, 1]", "assigned []");
          assertThat(consumer.assignment()).isEmpty();
          assertThat(members(kafka.admin(), group)).isEqualTo(1);
        });
  }
}
