package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Which calls a rebalance listener gets, in which order, and what it may do in them. */
interface ListenerContract extends Contract {
  /** A member with its listener, which has subscribed to a topic. */
  record Listening(Consumer<String, String> consumer, Log log) {
    static Listening to(KafkaArm kafka, String group, Class<?> assignor, String topic) {
      Consumer<String, String> consumer =
          kafka.member(group, "partition.assignment.strategy", assignor.getName());
      Log log = new Log();
      consumer.subscribe(List.of(topic), log);
      return new Listening(consumer, log);
    }

    static void settle(KafkaArm kafka, int partitions, Listening... members) {
      kafka.settle(partitions, Arrays.stream(members).map(Listening::consumer).toList());
    }
  }

  @Test
  default void tellsOfTheFirstAssignmentOnly() throws Exception {
    run(
        kafka -> {
          Listening member =
              Listening.to(kafka, kafka.unique("group"), RangeAssignor.class, kafka.topic(2));

          Listening.settle(kafka, 2, member);

          assertThat(member.log().lines()).containsExactly("assigned [0, 1]");
          assertThat(member.log().threads()).containsExactly(Thread.currentThread());
        });
  }

  @Test
  default void takesEverythingAndGivesAnewWhenEager() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(4);
          String group = kafka.unique("group");
          Listening first = Listening.to(kafka, group, RangeAssignor.class, topic);
          Listening.settle(kafka, 4, first);

          Listening second = Listening.to(kafka, group, RangeAssignor.class, topic);
          Listening.settle(kafka, 2, first, second);

          assertThat(first.log().lines())
              .hasSize(3)
              .startsWith("assigned [0, 1, 2, 3]", "revoked [0, 1, 2, 3]");
          assertThat(first.log().lines().get(2)).isIn("assigned [0, 1]", "assigned [2, 3]");
          assertThat(second.log().lines()).hasSize(1);
        });
  }

  @Test
  default void takesOnlyWhatMovesWhenCooperative() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(4);
          String group = kafka.unique("group");
          Listening first = Listening.to(kafka, group, CooperativeStickyAssignor.class, topic);
          Listening.settle(kafka, 4, first);

          Listening second = Listening.to(kafka, group, CooperativeStickyAssignor.class, topic);
          Listening.settle(kafka, 2, first, second);
          kafka.pollUntil(
              "the end of the second rebalance",
              () -> first.log().count("assigned") == 3,
              List.of(first.consumer(), second.consumer()));

          // The newcomer may be in the first of the two rebalances only briefly and not hear of it.
          List<String> told = second.log().lines();
          String moved = told.get(told.size() - 1).substring("assigned ".length());
          assertThat(first.log().lines())
              .containsExactly(
                  "assigned [0, 1, 2, 3]", "revoked " + moved, "assigned []", "assigned []");
          assertThat(told.subList(0, told.size() - 1)).allMatch("assigned []"::equals);
        });
  }

  @Test
  default void revokesEvenNothingWhenEager() throws Exception {
    run(
        kafka -> {
          String group = kafka.unique("group");
          Consumer<String, String> consumer =
              kafka.member(group, "partition.assignment.strategy", RangeAssignor.class.getName());
          Log log = new Log();
          Consumer<String, String> owner =
              kafka.member(group, "partition.assignment.strategy", RangeAssignor.class.getName());
          String topic = kafka.topic(1);
          owner.subscribe(List.of(topic));
          consumer.subscribe(List.of(topic), log);
          kafka.pollUntil(
              "a common generation",
              () ->
                  log.count("assigned") > 0
                      && owner.assignment().size() + consumer.assignment().size() == 1
                      && owner.groupMetadata().generationId()
                          == consumer.groupMetadata().generationId(),
              List.of(owner, consumer));
          String before = log.lines().get(log.lines().size() - 1);
          int calls = log.lines().size();

          consumer.enforceRebalance();
          kafka.pollUntil(
              "another assignment",
              () -> log.lines().size() >= calls + 2,
              List.of(consumer, owner));

          assertThat(log.lines().get(calls)).isEqualTo(before.replace("assigned", "revoked"));
          assertThat(log.lines().get(calls + 1)).startsWith("assigned");
        });
  }

  @Test
  default void revokesNothingWhenCooperativeAndNothingMoves() throws Exception {
    run(
        kafka -> {
          Listening member =
              Listening.to(
                  kafka, kafka.unique("group"), CooperativeStickyAssignor.class, kafka.topic(2));
          Listening.settle(kafka, 2, member);

          member.consumer().enforceRebalance();
          kafka.pollUntil(
              "another assignment", member.consumer(), () -> member.log().count("assigned") == 2);

          assertThat(member.log().lines()).containsExactly("assigned [0, 1]", "assigned []");
        });
  }

  @Test
  default void revokesWhenUnsubscribing() throws Exception {
    run(
        kafka -> {
          Listening member =
              Listening.to(kafka, kafka.unique("group"), RangeAssignor.class, kafka.topic(2));
          Listening.settle(kafka, 2, member);

          member.consumer().unsubscribe();

          assertThat(member.log().lines()).containsExactly("assigned [0, 1]", "revoked [0, 1]");
        });
  }

  @Test
  default void revokesWhenClosing() throws Exception {
    run(
        kafka -> {
          Listening member =
              Listening.to(
                  kafka, kafka.unique("group"), CooperativeStickyAssignor.class, kafka.topic(2));
          Listening.settle(kafka, 2, member);

          member.consumer().close();

          assertThat(member.log().lines()).containsExactly("assigned [0, 1]", "revoked [0, 1]");
        });
  }

  @Test
  default void tellsNothingWhenClosingWithoutPartitions() throws Exception {
    run(
        kafka -> {
          Listening member =
              Listening.to(kafka, kafka.unique("group"), RangeAssignor.class, kafka.topic(2));

          member.consumer().close();

          assertThat(member.log().lines()).isEmpty();
        });
  }

  @Test
  default void revokesATopicThatIsNoLongerWanted() throws Exception {
    run(
        kafka -> {
          String kept = kafka.topic(1);
          String dropped = kafka.topic(2);
          Consumer<String, String> consumer =
              kafka.member(
                  kafka.unique("group"),
                  "partition.assignment.strategy",
                  CooperativeStickyAssignor.class.getName());
          Log log = new Log();
          consumer.subscribe(List.of(kept, dropped), log);
          kafka.join(consumer, 3);

          consumer.subscribe(List.of(kept), log);
          kafka.pollUntil("another assignment", consumer, () -> log.count("assigned") == 2);

          assertThat(log.lines())
              .containsExactly("assigned [0, 0, 1]", "revoked [0, 1]", "assigned []");
        });
  }

  @Test
  default void stillHasWhatIsRevokedAndAlreadyHasWhatIsAssigned() throws Exception {
    run(
        kafka -> {
          Listening member =
              Listening.to(kafka, kafka.unique("group"), RangeAssignor.class, kafka.topic(1));
          Consumer<String, String> consumer = member.consumer();
          List<Integer> sizes = new ArrayList<>();
          member.log().onAssign(() -> sizes.add(consumer.assignment().size()));
          member.log().onRevoke(() -> sizes.add(consumer.assignment().size()));
          Listening.settle(kafka, 1, member);

          consumer.unsubscribe();

          assertThat(sizes).containsExactly(1, 1);
        });
  }

  @Test
  default void canCommitWhatIsBeingRevoked() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          String group = kafka.unique("group");
          Listening member = Listening.to(kafka, group, RangeAssignor.class, partition.topic());
          member.log().onRevoke(() -> member.consumer().commitSync());
          kafka.read(member.consumer(), 2);

          member.consumer().close();

          assertThat(kafka.member(group).committed(Set.of(partition)).get(partition).offset())
              .isEqualTo(2);
        });
  }

  @Test
  default void canCommitWhatIsBeingRevokedInARebalance() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Listening member =
              Listening.to(kafka, kafka.unique("group"), RangeAssignor.class, partition.topic());
          member.log().onRevoke(() -> member.consumer().commitSync());
          kafka.read(member.consumer(), 2);

          member.consumer().enforceRebalance();
          kafka.pollUntil(
              "another assignment", member.consumer(), () -> member.log().count("assigned") == 2);

          assertThat(member.consumer().position(partition)).isEqualTo(2);
        });
  }

  @Test
  default void canChooseTheStartOfWhatIsAssigned() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Listening member =
              Listening.to(kafka, kafka.unique("group"), RangeAssignor.class, partition.topic());
          member.log().onAssign(() -> member.consumer().seek(partition, 1));

          assertThat(kafka.values(member.consumer(), 1)).containsExactly("b");
        });
  }

  @Test
  default void canAskForPositionsOfWhatIsAssigned() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          String group = kafka.unique("group");
          kafka.member(group).commitSync(Map.of(partition, new OffsetAndMetadata(1)));
          Listening member = Listening.to(kafka, group, RangeAssignor.class, partition.topic());
          List<Long> positions = new ArrayList<>();
          member.log().onAssign(() -> positions.add(member.consumer().position(partition)));

          Listening.settle(kafka, 1, member);

          assertThat(positions).containsExactly(1L);
        });
  }

  @Test
  default void mayNotThrowOnAssignment() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Listening member =
              Listening.to(kafka, kafka.unique("group"), RangeAssignor.class, partition.topic());
          IllegalStateException thrown = new IllegalStateException("thrown by the listener");
          member
              .log()
              .onAssign(
                  () -> {
                    if (member.log().count("assigned") == 1) {
                      throw thrown;
                    }
                  });

          assertThatThrownBy(() -> member.consumer().poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(KafkaException.class)
              .hasMessage("User rebalance callback throws an error")
              .hasCause(thrown);
          assertThat(kafka.values(member.consumer(), 1)).containsExactly("a");
          assertThat(member.log().lines()).containsExactly("assigned [0]", "assigned []");
        });
  }

  @Test
  default void mayNotThrowOnRevocation() throws Exception {
    run(
        kafka -> {
          Listening member =
              Listening.to(kafka, kafka.unique("group"), RangeAssignor.class, kafka.topic(1));
          Listening.settle(kafka, 1, member);
          IllegalStateException thrown = new IllegalStateException("thrown by the listener");
          member
              .log()
              .onRevoke(
                  () -> {
                    throw thrown;
                  });

          assertThatThrownBy(() -> member.consumer().unsubscribe())
              .isExactlyInstanceOf(KafkaException.class)
              .hasCause(thrown);
          assertThat(member.consumer().assignment()).isEmpty();
        });
  }

  @Test
  default void givesUpWhatMovesEvenIfTheListenerThrows() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          String group = kafka.unique("group");
          Listening first = Listening.to(kafka, group, CooperativeStickyAssignor.class, topic);
          Listening.settle(kafka, 2, first);
          first
              .log()
              .onRevoke(
                  () -> {
                    throw new IllegalStateException("thrown by the listener");
                  });
          Listening second = Listening.to(kafka, group, CooperativeStickyAssignor.class, topic);

          kafka.eventually(
              "what the listener throws",
              () -> {
                second.consumer().poll(KafkaArm.SHORT);
                try {
                  first.consumer().poll(KafkaArm.SHORT);
                  return false;
                } catch (KafkaException thrown) {
                  return true;
                }
              });

          Listening.settle(kafka, 1, first, second);
        });
  }

  @Test
  default void mayNotThrowWhileClosing() throws Exception {
    run(
        kafka -> {
          Listening member =
              Listening.to(kafka, kafka.unique("group"), RangeAssignor.class, kafka.topic(1));
          Listening.settle(kafka, 1, member);
          member
              .log()
              .onRevoke(
                  () -> {
                    throw new IllegalStateException("thrown by the listener");
                  });

          assertThatThrownBy(() -> member.consumer().close())
              .isExactlyInstanceOf(KafkaException.class)
              .hasMessage("Failed to close kafka consumer");
          member.consumer().close();
        });
  }
}
