package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is left of a membership whose listener throws when the application unsubscribes. */
interface BrokenListenerContract extends Contract {
  /** Throws whenever it is told of a revocation. */
  record Broken(List<String> told) implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      told.add("revoked " + partitions.size());
      throw new IllegalStateException("thrown by the listener");
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      told.add("assigned " + partitions.size());
    }
  }

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
      throw new IllegalStateException(failed);
    }
  }

  private static void unsubscribeInVain(Consumer<String, String> consumer) {
    assertThatThrownBy(consumer::unsubscribe)
        .isExactlyInstanceOf(KafkaException.class)
        .hasMessage("User rebalance callback throws an error")
        .cause()
        .hasMessage("thrown by the listener");
  }

  @Test
  default void aClassicMemberStaysWithNothingUntilItUnsubscribesOnceMore() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          String group = kafka.unique("group");
          Broken listener = new Broken(new ArrayList<>());
          Consumer<String, String> consumer = kafka.member(group);
          consumer.subscribe(List.of(topic), listener);
          kafka.join(consumer, 2);
          var before = consumer.groupMetadata();

          unsubscribeInVain(consumer);

          assertThat(consumer.subscription()).containsExactly(topic);
          assertThat(consumer.assignment()).isEmpty();
          assertThat(consumer.groupMetadata()).isEqualTo(before);
          assertThat(members(kafka, group)).isEqualTo(1);
          assertThat(consumer.poll(Duration.ofMillis(50))).isEmpty();
          assertThat(consumer.assignment()).isEmpty();

          consumer.unsubscribe();

          assertThat(consumer.subscription()).isEmpty();
          kafka.eventually("an empty group", () -> members(kafka, group) == 0);
          assertThat(listener.told()).containsExactly("assigned 2", "revoked 2");
        });
  }

  @Test
  default void aModernMemberLeavesAllTheSame() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          String group = kafka.unique("group");
          Broken listener = new Broken(new ArrayList<>());
          Consumer<String, String> consumer = kafka.modern(group);
          consumer.subscribe(List.of(topic), listener);
          kafka.join(consumer, 2);
          int generation = consumer.groupMetadata().generationId();

          unsubscribeInVain(consumer);

          kafka.eventually("no subscription", () -> consumer.subscription().isEmpty());
          assertThat(consumer.assignment()).isEmpty();
          assertThat(consumer.groupMetadata().generationId()).isEqualTo(generation);
          kafka.eventually("an empty group", () -> members(kafka, group) == 0);
          assertThatThrownBy(() -> consumer.poll(Duration.ofMillis(50)))
              .isInstanceOf(IllegalStateException.class)
              .hasMessage("Consumer is not subscribed to any topics or assigned any partitions");

          consumer.unsubscribe();

          assertThat(consumer.groupMetadata().generationId()).isEqualTo(-1);
          consumer.subscribe(List.of(topic));
          kafka.join(consumer, 2);
          assertThat(consumer.subscription()).isEqualTo(Set.of(topic));
          assertThat(listener.told()).containsExactly("assigned 2", "revoked 2");
        });
  }
}
