package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What becomes of a member that subscribes to something else, or to nothing, and comes back. */
interface ResubscriptionContract extends Contract {
  @Test
  default void takesNothingOverOfATopicThatIsNoLongerWanted() throws Exception {
    run(
        kafka -> {
          String before = kafka.topic(1);
          TopicPartition after = new TopicPartition(kafka.topic(1), 0);
          // At some of these the group has assigned what it was asked for, unseen by a poll.
          for (int polls = 0; polls < 25; polls++) {
            Consumer<String, String> consumer =
                kafka.member(
                    kafka.unique("group"),
                    "partition.assignment.strategy",
                    CooperativeStickyAssignor.class.getName());
            Log log = new Log();
            consumer.subscribe(List.of(before), log);
            for (int i = 0; i < polls; i++) {
              consumer.poll(Duration.ofMillis(1));
            }
            boolean had = !consumer.assignment().isEmpty();
            int told = log.lines().size();

            consumer.subscribe(List.of(after.topic()), log);
            kafka.pollUntil(
                "the other topic", consumer, () -> consumer.assignment().equals(Set.of(after)));

            assertThat(log.lines().subList(told, log.lines().size()))
                .isEqualTo(had ? List.of("revoked [0]", "assigned [0]") : List.of("assigned [0]"));
            consumer.close();
          }
        });
  }

  @Test
  default void rebalancesOnceMoreIfItLedAGroupForOtherTopicsBefore() throws Exception {
    run(
        kafka -> {
          String left = kafka.topic(1);
          String topic = kafka.topic(2);
          String group = kafka.unique("group");
          Consumer<String, String> first =
              kafka.member(group, "partition.assignment.strategy", StickyAssignor.class.getName());
          Consumer<String, String> second =
              kafka.member(group, "partition.assignment.strategy", StickyAssignor.class.getName());
          Log ofFirst = new Log();
          Log ofSecond = new Log();
          first.subscribe(List.of(left));
          kafka.join(first, 1);
          first.unsubscribe();
          second.subscribe(List.of(topic), ofSecond);
          kafka.join(second, 2);

          first.subscribe(List.of(topic), ofFirst);
          kafka.pollUntil(
              "two rebalances",
              () -> ofFirst.count("assigned") == 2 && ofSecond.count("assigned") == 3,
              List.of(first, second));

          assertThat(ofFirst.lines()).hasSize(3).element(1).asString().startsWith("revoked [");
          assertThat(ofSecond.lines()).hasSize(5).startsWith("assigned [0, 1]", "revoked [0, 1]");
        });
  }

  /**
   * A leader changes its subscription to what another member wants, leaves, and comes back for all;
   * returns how many generations that takes.
   */
  private static int generationsOfFormerLeadersReturn(KafkaArm kafka, boolean pollsAtOnce) {
    String left = kafka.topic(1);
    String topic = kafka.topic(2);
    String group = kafka.unique("group");
    List<String> told = new CopyOnWriteArrayList<>();
    Consumer<String, String> first =
        kafka.member(
            group,
            "told",
            told,
            "interceptor.classes",
            ClusterListenerContract.Interceptor.class.getName());
    Consumer<String, String> second = kafka.member(group);
    List<Consumer<String, String>> members = List.of(first, second);
    first.subscribe(List.of(left));
    kafka.join(first, 1);
    second.subscribe(List.of(topic));
    kafka.pollUntil("the other topic", () -> second.assignment().size() == 2, members);
    int heard = told.size();

    first.subscribe(List.of(topic));
    if (!pollsAtOnce) {
      kafka.eventually("news of the cluster", () -> told.size() > heard);
    }
    kafka.settle(1, members);
    first.unsubscribe();
    kafka.join(second, 2);
    int before = second.groupMetadata().generationId();
    first.subscribe(List.of(left, topic));
    kafka.pollUntil("the group", () -> first.assignment().size() == 2, members);
    // Who is to join once more has said so by then.
    for (int i = 0; i < 10; i++) {
      members.forEach(each -> each.poll(KafkaArm.SHORT));
    }
    assertThat(first.assignment()).hasSize(2);
    return second.groupMetadata().generationId() - before;
  }

  @Test
  default void remembersOnlyItsOwnTopicsIfItHasPolledBeforeItHeardOfThem() throws Exception {
    run(kafka -> assertThat(generationsOfFormerLeadersReturn(kafka, true)).isEqualTo(2));
  }

  @Test
  default void remembersTheTopicsOfItsGroupIfItHasHeardOfItsOwnBeforeItPolled() throws Exception {
    run(kafka -> assertThat(generationsOfFormerLeadersReturn(kafka, false)).isEqualTo(1));
  }

  @Test
  default void readsOnWhatItKeepsWhenCooperative() throws Exception {
    run(
        kafka -> {
          TopicPartition kept = kafka.partitionWith("a");
          String added = kafka.topic(1);
          Consumer<String, String> consumer =
              kafka.member(
                  kafka.unique("group"),
                  "enable.auto.commit",
                  "true",
                  "partition.assignment.strategy",
                  CooperativeStickyAssignor.class.getName());
          consumer.subscribe(List.of(kept.topic()));
          assertThat(kafka.values(consumer, 1)).containsExactly("a");

          consumer.subscribe(List.of(kept.topic(), added));
          kafka.join(consumer, 2);
          kafka.write(kept, "b");

          assertThat(kafka.values(consumer, 1)).containsExactly("b");
        });
  }

  @Test
  default void commitsAsNobodyThoughItIsStatic() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer =
              kafka.member(kafka.unique("group"), "group.instance.id", "instance");
          consumer.subscribe(List.of(partition.topic()));
          kafka.join(consumer, 1);
          consumer.unsubscribe();

          // The instance is a member still; whoever does not name it is none.
          assertThatThrownBy(() -> consumer.commitSync(Map.of(partition, new OffsetAndMetadata(1))))
              .isExactlyInstanceOf(CommitFailedException.class);
        });
  }
}
