package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;

/** When a member of a classic group that has unsubscribed is seen to have left. */
interface QueuedLeaveContract extends Contract {
  private static int members(KafkaArm kafka, String group) {
    try {
      return kafka
          .admin()
          .describeConsumerGroups(List.of(group))
          .all()
          .get()
          .get(group)
          .members()
          .size();
    } catch (ExecutionException | InterruptedException failed) {
      throw new IllegalStateException("the group was not described", failed);
    }
  }

  /** Nobody does anything for a while but a consumer of something else, which finds nothing. */
  private static void pass(KafkaArm kafka) {
    Consumer<String, String> other = kafka.reader();
    other.assign(List.of(kafka.partitionWith()));
    assertThat(other.poll(Duration.ofMillis(500))).isEmpty();
  }

  private static Consumer<String, String> joined(KafkaArm kafka, String group, String topic) {
    Consumer<String, String> member = kafka.member(group);
    member.subscribe(List.of(topic));
    kafka.join(member, 1);
    // What was asked about the cluster has been answered.
    pass(kafka);
    return member;
  }

  /** It has to ask about a topic that it has never heard of, and has no time to. */
  private static void unsubscribeInHaste(
      KafkaArm kafka, Consumer<String, String> member, String topic) {
    String other = kafka.topic(1);
    member.subscribe(List.of(topic, other));
    member.unsubscribe();
  }

  @Test
  default void hasLeftWhenItHasUnsubscribed() throws Exception {
    run(
        kafka -> {
          String group = kafka.unique("group");
          Consumer<String, String> member = joined(kafka, group, kafka.topic(1));

          member.unsubscribe();

          kafka.eventually("nobody in the group", () -> members(kafka, group) == 0);
        });
  }

  @Test
  default void staysUntilItDoesSomethingIfItHasToAskAboutTheClusterFirst() throws Exception {
    run(
        kafka -> {
          String group = kafka.unique("group");
          String topic = kafka.topic(1);
          Consumer<String, String> member = joined(kafka, group, topic);

          unsubscribeInHaste(kafka, member, topic);

          pass(kafka);
          assertThat(members(kafka, group)).isEqualTo(1);
          member.partitionsFor(kafka.topic(1));
          kafka.eventually("nobody in the group", () -> members(kafka, group) == 0);
        });
  }

  @Test
  default void leavesAtTheLatestWhenItIsClosed() throws Exception {
    run(
        kafka -> {
          String group = kafka.unique("group");
          String topic = kafka.topic(1);
          Consumer<String, String> member = joined(kafka, group, topic);
          unsubscribeInHaste(kafka, member, topic);

          member.close();

          kafka.eventually("nobody in the group", () -> members(kafka, group) == 0);
        });
  }
}
