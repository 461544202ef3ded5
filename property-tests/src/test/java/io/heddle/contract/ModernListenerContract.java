package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Which calls a rebalance listener gets by the consumer protocol (KIP-848), and when. */
interface ModernListenerContract extends Contract {
  String ALL = "assigned [0, 1]";

  /** A member with its listener, which has subscribed to a topic. */
  record Listening(Consumer<String, String> consumer, Log log) {
    static Listening to(KafkaArm kafka, String group, String topic, Object... overrides) {
      Consumer<String, String> consumer = kafka.modern(group, overrides);
      Log log = new Log();
      consumer.subscribe(List.of(topic), log);
      return new Listening(consumer, log);
    }

    static Listening settled(KafkaArm kafka, int partitions) {
      Listening member = to(kafka, kafka.unique("group"), kafka.topic(partitions));
      settle(kafka, partitions, member);
      return member;
    }

    static void settle(KafkaArm kafka, int partitions, Listening... members) {
      kafka.settle(partitions, Arrays.stream(members).map(Listening::consumer).toList());
    }

    /**
     * Waits for the members' positions, so that none is still asking for committed offsets: whoever
     * is put out while it asks is told so by poll.
     */
    static void position(Listening... members) {
      for (Listening member : members) {
        member.consumer().assignment().forEach(member.consumer()::position);
      }
    }
  }

  @Test
  default void tellsAModernMemberOfItsFirstAssignment() throws Exception {
    run(
        kafka -> {
          Listening member = Listening.settled(kafka, 2);

          member.consumer().poll(KafkaArm.SHORT);

          assertThat(member.log().lines()).containsExactly("assigned [0, 1]");
          assertThat(member.log().threads()).containsExactly(Thread.currentThread());
        });
  }

  @Test
  default void takesOnlyWhatMovesFromModernMembers() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(4);
          String group = kafka.unique("group");
          Listening first = Listening.to(kafka, group, topic);
          Listening.settle(kafka, 4, first);

          Listening second = Listening.to(kafka, group, topic);
          Listening.settle(kafka, 2, first, second);

          List<String> told = second.log().lines();
          String moved = told.get(told.size() - 1).substring("assigned ".length());
          assertThat(first.log().lines())
              .containsExactly("assigned [0, 1, 2, 3]", "revoked " + moved, "assigned []");
          assertThat(told.subList(0, told.size() - 1)).allMatch("assigned []"::equals);
        });
  }

  @Test
  default void tellsAModernMemberThatItGetsNothing() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          String group = kafka.unique("group");
          Listening first = Listening.to(kafka, group, topic);
          Listening.settle(kafka, 1, first);

          Listening second = Listening.to(kafka, group, topic);
          kafka.pollUntil(
              "word that there is nothing",
              () -> !second.log().lines().isEmpty(),
              List.of(first.consumer(), second.consumer()));

          assertThat(second.log().lines()).containsExactly("assigned []");
        });
  }

  @Test
  default void revokesWhenAModernMemberUnsubscribes() throws Exception {
    run(
        kafka -> {
          Listening member = Listening.settled(kafka, 2);

          member.consumer().unsubscribe();

          assertThat(member.log().lines()).containsExactly("assigned [0, 1]", "revoked [0, 1]");
          assertThat(member.log().threads().get(1)).isEqualTo(Thread.currentThread());
        });
  }

  @Test
  default void revokesWhenAModernMemberCloses() throws Exception {
    run(
        kafka -> {
          Listening member = Listening.settled(kafka, 2);

          member.consumer().close();

          assertThat(member.log().lines()).containsExactly("assigned [0, 1]", "revoked [0, 1]");
        });
  }

  @Test
  default void tellsAModernMemberNothingWhenItClosesWithoutPartitions() throws Exception {
    run(
        kafka -> {
          Listening member = Listening.to(kafka, kafka.unique("group"), kafka.topic(2));

          member.consumer().close();

          assertThat(member.log().lines()).isEmpty();
        });
  }

  @Test
  default void revokesFromAModernMemberATopicThatIsNoLongerWanted() throws Exception {
    run(
        kafka -> {
          String kept = kafka.topic(1);
          String dropped = kafka.topic(2);
          Consumer<String, String> consumer = kafka.modern(kafka.unique("group"));
          Log log = new Log();
          consumer.subscribe(List.of(kept, dropped), log);
          kafka.join(consumer, 3);

          consumer.subscribe(List.of(kept), log);
          kafka.join(consumer, 1);

          assertThat(log.lines())
              .containsExactly("assigned [0, 0, 1]", "revoked [0, 1]", "assigned []");
        });
  }

  @Test
  default void modernMembersStillHaveWhatIsRevokedAndAlreadyWhatIsAssigned() throws Exception {
    run(
        kafka -> {
          Listening member = Listening.to(kafka, kafka.unique("group"), kafka.topic(1));
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
  default void modernMembersCanCommitWhatIsRevokedOnClose() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          String group = kafka.unique("group");
          Listening member = Listening.to(kafka, group, partition.topic());
          member.log().onRevoke(() -> member.consumer().commitSync());
          kafka.read(member.consumer(), 2);

          member.consumer().close();

          assertThat(kafka.modern(group).committed(Set.of(partition)).get(partition).offset())
              .isEqualTo(2);
        });
  }

  @Test
  default void modernMembersCanCommitWhatIsRevokedInARebalance() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          String group = kafka.unique("group");
          kafka.write(new TopicPartition(topic, 0), "a");
          kafka.write(new TopicPartition(topic, 1), "b");
          Listening first = Listening.to(kafka, group, topic);
          first.log().onRevoke(() -> first.consumer().commitSync());
          kafka.read(first.consumer(), 2);

          Listening second = Listening.to(kafka, group, topic);
          Listening.settle(kafka, 1, first, second);

          TopicPartition moved = second.consumer().assignment().iterator().next();
          assertThat(second.consumer().committed(Set.of(moved)).get(moved).offset()).isEqualTo(1);
          assertThat(second.consumer().position(moved)).isEqualTo(1);
        });
  }

  @Test
  default void modernMembersCanChooseTheStartOfWhatIsAssigned() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Listening member = Listening.to(kafka, kafka.unique("group"), partition.topic());
          member.log().onAssign(() -> member.consumer().seek(partition, 1));

          assertThat(kafka.values(member.consumer(), 1)).containsExactly("b");
        });
  }

  @Test
  default void modernMembersCanAskForPositionsOfWhatIsAssigned() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          String group = kafka.unique("group");
          kafka.member(group).commitSync(Map.of(partition, new OffsetAndMetadata(1)));
          Listening member = Listening.to(kafka, group, partition.topic());
          List<Long> positions = new ArrayList<>();
          member.log().onAssign(() -> positions.add(member.consumer().position(partition)));

          Listening.settle(kafka, 1, member);

          assertThat(positions).containsExactly(1L);
        });
  }

  @Test
  default void modernListenersMayNotThrowOnAssignment() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Listening member = Listening.to(kafka, kafka.unique("group"), partition.topic());
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
  default void modernListenersMayNotThrowOnRevocation() throws Exception {
    run(
        kafka -> {
          Listening member = Listening.settled(kafka, 1);
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
          kafka.eventually(
              "the end of the assignment", () -> member.consumer().assignment().isEmpty());
        });
  }

  @Test
  default void modernListenersMayNotThrowWhileClosing() throws Exception {
    run(
        kafka -> {
          Listening member = Listening.settled(kafka, 1);
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

  @Test
  default void losesWhatItHadWhenItIsPutOut() throws Exception {
    run(
        kafka -> {
          String group = kafka.unique("group");
          Listening member = Listening.to(kafka, group, kafka.topic(2));
          Listening.settle(kafka, 2, member);
          Listening.position(member);

          kafka.expel(group);
          kafka.pollUntil(
              "the partitions again",
              member.consumer(),
              () -> member.log().lines().subList(1, member.log().lines().size()).contains(ALL));

          // It may have come back before there was an assignment with it.
          List<String> lines = member.log().lines();
          assertThat(lines).startsWith(ALL, "lost [0, 1]").endsWith(ALL);
          assertThat(lines.subList(2, lines.size() - 1)).allMatch("assigned []"::equals);
          assertThat(member.log().threads()).containsOnly(Thread.currentThread());
        });
  }

  @Test
  default void cannotCommitWhatIsLost() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          String group = kafka.unique("group");
          Listening member = Listening.to(kafka, group, partition.topic());
          Listening other = Listening.to(kafka, group, kafka.topic(1));
          List<Class<?>> thrown = new ArrayList<>();
          member
              .log()
              .onLose(
                  () -> {
                    try {
                      member.consumer().commitSync(Map.of(partition, new OffsetAndMetadata(1)));
                    } catch (KafkaException failed) {
                      thrown.add(failed.getClass());
                    }
                  });
          Listening.settle(kafka, 1, member, other);
          Listening.position(member, other);
          int epoch = other.consumer().groupMetadata().generationId();

          kafka.expel(group);
          kafka.pollUntil(
              "the other's return",
              other.consumer(),
              () -> other.consumer().groupMetadata().generationId() > epoch);
          kafka.pollUntil("the loss", member.consumer(), () -> member.log().count("lost") == 1);

          assertThat(thrown).containsExactly(CommitFailedException.class);
        });
  }

  @Test
  default void losesWhatItHadWhenItPollsTooSeldom() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          String group = kafka.unique("group");
          Listening slow = Listening.to(kafka, group, topic, "max.poll.interval.ms", "500");
          Listening.settle(kafka, 2, slow);
          Listening other = Listening.to(kafka, group, topic);

          Listening.settle(kafka, 2, other);
          assertThat(slow.log().lines()).containsExactly("assigned [0, 1]");
          Listening.settle(kafka, 1, slow, other);

          assertThat(slow.log().lines().subList(0, 2))
              .containsExactly("assigned [0, 1]", "lost [0, 1]");
        });
  }
}
