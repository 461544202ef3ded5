package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.junit.jupiter.api.Test;

/** How the members of a group share partitions. */
interface GroupContract extends AnyGroupContract {
  @Override
  default Consumer<String, String> member(KafkaArm kafka, String group, Object... overrides) {
    return kafka.member(group, overrides);
  }

  private static List<Integer> sizes(KafkaArm kafka, Class<?> assignor, int... partitions) {
    List<String> topics = Arrays.stream(partitions).mapToObj(kafka::topic).toList();
    int all = Arrays.stream(partitions).sum();
    String group = kafka.unique("group");
    List<Consumer<String, String>> members =
        Stream.generate(
                () -> kafka.member(group, "partition.assignment.strategy", assignor.getName()))
            .limit(2)
            .toList();
    members.forEach(member -> member.subscribe(topics));
    kafka.pollUntil(
        "an assignment of everything to both",
        () ->
            members.stream().noneMatch(it -> it.assignment().isEmpty())
                && members.stream().mapToInt(it -> it.assignment().size()).sum() == all,
        members);
    return members.stream().map(it -> it.assignment().size()).sorted().toList();
  }

  @Test
  default void sharesInRanges() throws Exception {
    run(kafka -> assertThat(sizes(kafka, RangeAssignor.class, 3, 3)).containsExactly(2, 4));
  }

  @Test
  default void sharesInTurns() throws Exception {
    run(kafka -> assertThat(sizes(kafka, RoundRobinAssignor.class, 3, 3)).containsExactly(3, 3));
  }

  @Test
  default void sharesEvenlyWhenSticky() throws Exception {
    run(kafka -> assertThat(sizes(kafka, StickyAssignor.class, 3, 4)).containsExactly(3, 4));
  }

  @Test
  default void sharesEvenlyWhenCooperative() throws Exception {
    run(
        kafka ->
            assertThat(sizes(kafka, CooperativeStickyAssignor.class, 3, 4)).containsExactly(3, 4));
  }

  @Test
  default void leavesOneMemberWithoutPartitionsIfThereAreTooFew() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          String group = kafka.unique("group");
          Consumer<String, String> first = kafka.member(group);
          Consumer<String, String> second = kafka.member(group);
          first.subscribe(List.of(topic));
          second.subscribe(List.of(topic));

          kafka.pollUntil(
              "a common generation",
              () ->
                  first.groupMetadata().generationId() > 0
                      && first.groupMetadata().generationId()
                          == second.groupMetadata().generationId()
                      && first.assignment().size() + second.assignment().size() == 1,
              List.of(first, second));
        });
  }

  @Test
  default void givesTheRestWhatALeavingMemberHad() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(4);
          String group = kafka.unique("group");
          Consumer<String, String> first = kafka.member(group);
          Consumer<String, String> second = kafka.member(group);
          first.subscribe(List.of(topic));
          second.subscribe(List.of(topic));
          kafka.settle(2, List.of(first, second));

          second.close();

          kafka.join(first, 4);
        });
  }

  @Test
  default void givesTheRestWhatAnUnsubscribedMemberHad() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(4);
          String group = kafka.unique("group");
          Consumer<String, String> first = kafka.member(group);
          Consumer<String, String> second = kafka.member(group);
          first.subscribe(List.of(topic));
          second.subscribe(List.of(topic));
          kafka.settle(2, List.of(first, second));

          second.unsubscribe();

          kafka.join(first, 4);
        });
  }

  @Test
  default void hasAGenerationOnceItHasJoined() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer =
              kafka.member(kafka.unique("group"), "client.id", "weaver");
          consumer.subscribe(List.of(kafka.topic(1)));
          kafka.join(consumer, 1);

          ConsumerGroupMetadata metadata = consumer.groupMetadata();

          assertThat(metadata.generationId()).isEqualTo(1);
          assertThat(metadata.memberId()).startsWith("weaver-");
        });
  }

  @Test
  default void remembersItsLastGenerationAfterUnsubscribing() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.subscribe(List.of(kafka.topic(1)));
          kafka.join(consumer, 1);

          String member = consumer.groupMetadata().memberId();

          consumer.unsubscribe();

          assertThat(consumer.groupMetadata().generationId()).isEqualTo(1);
          assertThat(consumer.groupMetadata().memberId()).isEqualTo(member);
        });
  }

  @Test
  default void entersANewGenerationWhenItIsMadeTo() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.subscribe(List.of(kafka.topic(1)));
          kafka.join(consumer, 1);
          String member = consumer.groupMetadata().memberId();

          consumer.enforceRebalance("for a change");

          kafka.pollUntil(
              "another generation", consumer, () -> consumer.groupMetadata().generationId() == 2);
          assertThat(consumer.groupMetadata().memberId()).isEqualTo(member);
        });
  }

  @Test
  default void staysInItsGenerationIfTheSubscriptionIsTheSame() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer =
              kafka.member(kafka.unique("group"), "max.poll.records", "1");
          consumer.subscribe(List.of(partition.topic()));
          assertThat(kafka.values(consumer, 1)).containsExactly("a");

          consumer.subscribe(List.of(partition.topic()));

          assertThat(kafka.values(consumer, 1)).containsExactly("b");
          assertThat(consumer.groupMetadata().generationId()).isEqualTo(1);
        });
  }

  @Test
  default void doesNotWaitForTheGroupInAShortPoll() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.subscribe(List.of(kafka.topic(1)));

          assertThat(consumer.poll(Duration.ZERO)).isEmpty();

          assertThat(consumer.assignment()).isEmpty();
        });
  }

  @Test
  default void refusesAMemberWithOtherAssignors() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          String group = kafka.unique("group");
          Consumer<String, String> first =
              kafka.member(group, "partition.assignment.strategy", RangeAssignor.class.getName());
          first.subscribe(List.of(topic));
          kafka.join(first, 1);
          Consumer<String, String> second =
              kafka.member(
                  group, "partition.assignment.strategy", RoundRobinAssignor.class.getName());
          second.subscribe(List.of(topic));

          assertThatThrownBy(() -> second.poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(InconsistentGroupProtocolException.class);
        });
  }

  @Test
  default void refusesAMemberWithTooShortASession() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer =
              kafka.member(
                  kafka.unique("group"), "session.timeout.ms", "50", "heartbeat.interval.ms", "10");
          consumer.subscribe(List.of(kafka.topic(1)));

          assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(InvalidSessionTimeoutException.class);
        });
  }

  @Test
  default void resumesWhatWasPausedWhenItIsRevoked() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer =
              kafka.member(
                  kafka.unique("group"),
                  "partition.assignment.strategy",
                  RangeAssignor.class.getName());
          consumer.subscribe(List.of(partition.topic()));
          kafka.join(consumer, 1);
          consumer.pause(List.of(partition));

          consumer.enforceRebalance();

          kafka.pollUntil("no pause", consumer, () -> consumer.paused().isEmpty());
        });
  }

  @Test
  default void keepsPausedWhatIsNotRevoked() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer =
              kafka.member(
                  kafka.unique("group"),
                  "partition.assignment.strategy",
                  CooperativeStickyAssignor.class.getName());
          consumer.subscribe(List.of(partition.topic()));
          kafka.join(consumer, 1);
          consumer.pause(List.of(partition));

          consumer.enforceRebalance();

          kafka.pollUntil(
              "another generation", consumer, () -> consumer.groupMetadata().generationId() == 2);
          assertThat(consumer.paused()).containsExactly(partition);
        });
  }

  @Test
  default void commitsAsNobodyOnceTheGroupIsEmpty() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.subscribe(List.of(partition.topic()));
          kafka.join(consumer, 1);
          consumer.unsubscribe();

          consumer.commitSync(Map.of(partition, new OffsetAndMetadata(1)));

          assertThat(consumer.committed(Set.of(partition)))
              .isEqualTo(Map.of(partition, new OffsetAndMetadata(1)));
        });
  }

  @Test
  default void canCloseWithoutLeaving() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          String group = kafka.unique("group");
          Consumer<String, String> first = kafka.member(group);
          Consumer<String, String> second =
              kafka.member(group, "session.timeout.ms", "1000", "heartbeat.interval.ms", "200");
          first.subscribe(List.of(topic));
          second.subscribe(List.of(topic));
          kafka.settle(1, List.of(first, second));

          second.close(
              CloseOptions.groupMembershipOperation(
                  CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));

          first.poll(KafkaArm.SHORT);
          first.poll(KafkaArm.SHORT);
          assertThat(first.assignment()).hasSize(1);
          kafka.join(first, 2);
        });
  }
}
