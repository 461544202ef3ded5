package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.junit.jupiter.api.Test;

/** Two members with one instance id at a time, by either protocol. */
interface TwinContract extends Contract {
  private static Consumer<String, String> joined(
      KafkaArm kafka, Consumer<String, String> member, String topic) {
    member.subscribe(List.of(topic));
    kafka.join(member, 1);
    return member;
  }

  /** Its join waits for a member that does not come; the twin's is in its place. */
  @Test
  default void fencesAStaticMemberThatWaitsToJoinAgain() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          String group = kafka.unique("group");
          Consumer<String, String> first = kafka.member(group, "group.instance.id", "i1");
          Consumer<String, String> other = kafka.member(group, "group.instance.id", "i2");
          first.subscribe(List.of(topic));
          other.subscribe(List.of(topic));
          kafka.settle(1, List.of(first, other));
          first.enforceRebalance();
          first.poll(KafkaArm.SHORT);
          Consumer<String, String> twin = kafka.member(group, "group.instance.id", "i1");
          twin.subscribe(List.of(topic));
          twin.poll(KafkaArm.SHORT);

          assertThatThrownBy(() -> kafka.pollUntil("the end of the first", first, () -> false))
              .isExactlyInstanceOf(FencedInstanceIdException.class);

          kafka.settle(1, List.of(twin, other));
        });
  }

  /** It takes its place back, in the same generation, and what was its own is its own again. */
  @Test
  default void letsAFencedMemberThatPollsOnFenceItsTwin() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          String group = kafka.unique("group");
          Consumer<String, String> first =
              joined(kafka, kafka.member(group, "group.instance.id", "i1"), topic);
          int generation = first.groupMetadata().generationId();
          Consumer<String, String> twin =
              joined(kafka, kafka.member(group, "group.instance.id", "i1"), topic);
          assertThatThrownBy(() -> first.poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(FencedInstanceIdException.class);

          kafka.pollUntil(
              "its place",
              first,
              () -> !first.groupMetadata().memberId().isEmpty() && first.assignment().size() == 1);

          assertThat(first.groupMetadata().generationId()).isEqualTo(generation);
          assertThatThrownBy(() -> twin.poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(FencedInstanceIdException.class);
        });
  }

  @Test
  default void letsATwinOfAModernMemberInWhenThatHasLeft() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          String group = kafka.unique("group");
          Consumer<String, String> first =
              joined(kafka, kafka.modern(group, "group.instance.id", "i1"), topic);
          Consumer<String, String> twin = kafka.modern(group, "group.instance.id", "i1");
          twin.subscribe(List.of(topic));
          assertThatThrownBy(() -> twin.poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(UnreleasedInstanceIdException.class);
          first.poll(KafkaArm.SHORT);
          assertThat(first.assignment()).hasSize(1);

          first.close();

          Consumer<String, String> again =
              joined(kafka, kafka.modern(group, "group.instance.id", "i1"), topic);
          assertThat(again.assignment()).hasSize(1);
        });
  }
}
