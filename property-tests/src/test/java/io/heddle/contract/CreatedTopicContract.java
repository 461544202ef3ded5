package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What a consumer makes by asking, where a broker makes topics that somebody asks for. */
interface CreatedTopicContract extends Contract {
  private static Set<String> names(KafkaArm kafka) {
    try {
      return kafka.admin().listTopics().names().get();
    } catch (ExecutionException | InterruptedException failed) {
      throw new IllegalStateException("no list of topics", failed);
    }
  }

  private static void makesATopicUnlessItIsNotTo(
      KafkaArm kafka, Consumer<String, String> makes, Consumer<String, String> makesNot) {
    String made = kafka.unique("made");
    String missing = kafka.unique("missing");
    makes.subscribe(List.of(made));
    makesNot.subscribe(List.of(missing));

    kafka.pollUntil(
        "the topic that is made",
        () -> makes.assignment().equals(Set.of(new TopicPartition(made, 0))),
        List.of(makes, makesNot));

    assertThat(makesNot.partitionsFor(missing)).isEmpty();
    assertThat(names(kafka)).contains(made).doesNotContain(missing);
  }

  @Test
  default void makesTheTopicOfAClassicMemberUnlessItIsNotTo() throws Exception {
    run(
        kafka ->
            makesATopicUnlessItIsNotTo(
                kafka,
                kafka.member(kafka.unique("group"), "metadata.max.age.ms", "300"),
                kafka.member(
                    kafka.unique("group"),
                    "metadata.max.age.ms",
                    "300",
                    "allow.auto.create.topics",
                    "false")));
  }

  @Test
  default void makesTheTopicOfAModernMemberUnlessItIsNotTo() throws Exception {
    run(
        kafka ->
            makesATopicUnlessItIsNotTo(
                kafka,
                kafka.modern(kafka.unique("group")),
                kafka.modern(kafka.unique("group"), "allow.auto.create.topics", "false")));
  }
}
