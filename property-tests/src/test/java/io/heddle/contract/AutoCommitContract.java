package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** When a consumer that commits by itself does so, by either group protocol. */
interface AutoCommitContract extends Contract {
  private static boolean committed(KafkaArm kafka, String group, TopicPartition partition) {
    Consumer<String, String> onlooker = kafka.member(group);
    boolean committed = onlooker.committed(Set.of(partition)).get(partition) != null;
    onlooker.close();
    return committed;
  }

  private static void waitFor(KafkaArm kafka, Duration time) {
    Consumer<String, String> reader = kafka.reader();
    reader.assign(List.of(kafka.partitionWith()));
    assertThat(reader.poll(time)).isEmpty();
    reader.close();
  }

  private static void startsItsIntervalAnew(
      KafkaArm kafka, Consumer<String, String> member, String group) {
    TopicPartition partition = kafka.partitionWith("a");
    waitFor(kafka, Duration.ofMillis(1_500));

    member.subscribe(List.of(partition.topic()));
    kafka.read(member, 1);
    assertThat(member.poll(Duration.ofSeconds(1))).isEmpty();

    assertThat(committed(kafka, group, partition)).isFalse();
    kafka.pollUntil("the commit", member, () -> committed(kafka, group, partition));
  }

  @Test
  default void classicMembersCommitAnIntervalAfterTheirAssignment() throws Exception {
    run(
        kafka -> {
          String group = kafka.unique("group");
          startsItsIntervalAnew(
              kafka,
              kafka.member(group, "enable.auto.commit", "true", "auto.commit.interval.ms", "2000"),
              group);
        });
  }

  @Test
  default void modernMembersCommitAnIntervalAfterTheirAssignment() throws Exception {
    run(
        kafka -> {
          String group = kafka.unique("group");
          startsItsIntervalAnew(
              kafka,
              kafka.modern(group, "enable.auto.commit", "true", "auto.commit.interval.ms", "2000"),
              group);
        });
  }

  @Test
  default void anIntervalOfNothingLeavesTimeForTheRest() throws Exception {
    run(
        kafka -> {
          String[] groups = {kafka.unique("group"), kafka.unique("group")};
          TopicPartition partition = kafka.partitionWith("a");
          List<Consumer<String, String>> members =
              List.of(
                  kafka.member(
                      groups[0], "enable.auto.commit", "true", "auto.commit.interval.ms", "0"),
                  kafka.modern(
                      groups[1], "enable.auto.commit", "true", "auto.commit.interval.ms", "0"));
          for (int i = 0; i < 2; i++) {
            String group = groups[i];
            Consumer<String, String> member = members.get(i);
            member.subscribe(List.of(partition.topic()));
            kafka.read(member, 1);
            kafka.pollUntil("the commit", member, () -> committed(kafka, group, partition));
            assertThat(member.poll(Duration.ofMillis(100))).isEmpty();
          }
        });
  }
}
