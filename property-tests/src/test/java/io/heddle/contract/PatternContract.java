package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidRegularExpression;
import org.junit.jupiter.api.Test;

/** Subscriptions to whatever matches a pattern, by both protocols. */
interface PatternContract extends Contract {
  /** How a member comes about. */
  interface Joining extends BiFunction<KafkaArm, String, Consumer<String, String>> {}

  List<Joining> PROTOCOLS =
      List.of(
          (kafka, group) -> kafka.member(group, "metadata.max.age.ms", "200"),
          (kafka, group) -> kafka.modern(group, "metadata.max.age.ms", "200"));

  private static void create(KafkaArm kafka, String topic, int partitions) {
    try {
      kafka.admin().createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    } catch (java.util.concurrent.ExecutionException | InterruptedException failed) {
      throw new IllegalStateException("topic " + topic + " was not created", failed);
    }
  }

  @Test
  default void readsWhatMatchesAPattern() throws Exception {
    for (Joining joining : PROTOCOLS) {
      run(
          kafka -> {
            String prefix = kafka.unique("pattern") + "-";
            create(kafka, prefix + "a", 1);
            create(kafka, prefix + "b", 2);
            create(kafka, "not-" + prefix + "c", 4);
            Consumer<String, String> consumer = joining.apply(kafka, kafka.unique("group"));
            Log log = new Log();

            consumer.subscribe(Pattern.compile(prefix + ".*"), log);
            kafka.join(consumer, 3);

            assertThat(consumer.subscription()).containsOnly(prefix + "a", prefix + "b");
            assertThat(log.lines()).contains("assigned [0, 0, 1]");
          });
    }
  }

  @Test
  default void findsNewTopicsThatMatchAPattern() throws Exception {
    for (Joining joining : PROTOCOLS) {
      run(
          kafka -> {
            String prefix = kafka.unique("pattern") + "-";
            create(kafka, prefix + "a", 1);
            Consumer<String, String> consumer = joining.apply(kafka, kafka.unique("group"));
            consumer.subscribe(Pattern.compile(prefix + ".*"));
            kafka.join(consumer, 1);

            create(kafka, prefix + "b", 2);

            kafka.join(consumer, 3);
          });
    }
  }

  @Test
  default void canWaitForATopicThatMatchesAPattern() throws Exception {
    for (Joining joining : PROTOCOLS) {
      run(
          kafka -> {
            String prefix = kafka.unique("pattern") + "-";
            Consumer<String, String> consumer = joining.apply(kafka, kafka.unique("group"));
            consumer.subscribe(Pattern.compile(prefix + ".*"));
            kafka.pollUntil(
                "membership", consumer, () -> consumer.groupMetadata().generationId() > 0);
            assertThat(consumer.subscription()).isEmpty();

            create(kafka, prefix + "b", 2);

            kafka.join(consumer, 2);
          });
    }
  }

  @Test
  default void dropsWhatDoesNotMatchAnotherPattern() throws Exception {
    for (Joining joining : PROTOCOLS) {
      run(
          kafka -> {
            String prefix = kafka.unique("pattern") + "-";
            create(kafka, prefix + "a", 1);
            create(kafka, prefix + "b", 2);
            Consumer<String, String> consumer = joining.apply(kafka, kafka.unique("group"));
            consumer.subscribe(Pattern.compile(prefix + ".*"));
            kafka.join(consumer, 3);

            consumer.subscribe(Pattern.compile(prefix + "b"));

            kafka.join(consumer, 2);
            assertThat(consumer.subscription()).containsOnly(prefix + "b");
          });
    }
  }

  @Test
  default void refusesPatternsThatAreNone() throws Exception {
    for (Joining joining : PROTOCOLS) {
      run(
          kafka -> {
            Consumer<String, String> consumer = joining.apply(kafka, kafka.unique("group"));

            assertThatThrownBy(() -> consumer.subscribe((Pattern) null))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("Topic pattern to subscribe to cannot be null");
            assertThatThrownBy(() -> consumer.subscribe(Pattern.compile("")))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("Topic pattern to subscribe to cannot be empty");
            assertThatThrownBy(() -> consumer.subscribe(Pattern.compile("a"), null))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("RebalanceListener cannot be null");
          });
    }
  }

  @Test
  default void refusesToMixPatternsAndNames() throws Exception {
    for (Joining joining : PROTOCOLS) {
      run(
          kafka -> {
            Consumer<String, String> consumer = joining.apply(kafka, kafka.unique("group"));
            consumer.subscribe(List.of("t"));

            assertThatThrownBy(() -> consumer.subscribe(Pattern.compile("a")))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage(
                    "Subscription to topics, partitions and pattern are mutually exclusive");
            consumer.unsubscribe();
            consumer.subscribe(Pattern.compile("a"));
          });
    }
  }

  @Test
  default void needsAGroupForAPattern() throws Exception {
    run(
        kafka -> {
          assertThatThrownBy(() -> kafka.reader().subscribe(Pattern.compile("a")))
              .isExactlyInstanceOf(InvalidGroupIdException.class);
          assertThatThrownBy(() -> kafka.modernReader().subscribe(Pattern.compile("a")))
              .isExactlyInstanceOf(InvalidGroupIdException.class);
          assertThatThrownBy(() -> kafka.modernReader().subscribe(new SubscriptionPattern("a")))
              .isExactlyInstanceOf(InvalidGroupIdException.class);
        });
  }

  @Test
  default void letsTheCoordinatorLookUpAPattern() throws Exception {
    run(
        kafka -> {
          String prefix = kafka.unique("pattern") + "-";
          create(kafka, prefix + "a", 1);
          create(kafka, prefix + "b", 2);
          create(kafka, "not-" + prefix + "c", 4);
          Consumer<String, String> consumer = kafka.modern(kafka.unique("group"));

          consumer.subscribe(new SubscriptionPattern(prefix + ".*"));
          kafka.join(consumer, 3);

          assertThat(consumer.subscription()).isEmpty();
          assertThat(consumer.assignment()).allMatch(it -> it.topic().startsWith(prefix));
        });
  }

  @Test
  default void readsRecordsOfWhatTheCoordinatorLooksUp() throws Exception {
    run(
        kafka -> {
          var partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = kafka.modern(kafka.unique("group"));

          consumer.subscribe(new SubscriptionPattern(partition.topic()));

          assertThat(kafka.values(consumer, 2)).containsExactly("a", "b");
        });
  }

  @Test
  default void canChangeFromAPatternToNames() throws Exception {
    run(
        kafka -> {
          String one = kafka.topic(1);
          String other = kafka.topic(2);
          Consumer<String, String> consumer = kafka.modern(kafka.unique("group"));
          consumer.subscribe(new SubscriptionPattern(one));
          kafka.join(consumer, 1);
          assertThatThrownBy(() -> consumer.subscribe(List.of(other)))
              .isExactlyInstanceOf(IllegalStateException.class);
          consumer.unsubscribe();

          consumer.subscribe(List.of(other));

          kafka.join(consumer, 2);
        });
  }

  @Test
  default void failsWithAPatternThatTheCoordinatorDoesNotUnderstand() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.modern(kafka.unique("group"));
          consumer.subscribe(new SubscriptionPattern("(a"));

          assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(InvalidRegularExpression.class)
              .hasMessageStartingWith(
                  "Invalid RE2J SubscriptionPattern provided in the call to subscribe.");
        });
  }

  @Test
  default void refusesCoordinatorsPatternsThatAreNone() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.modern(kafka.unique("group"));

          assertThatThrownBy(() -> consumer.subscribe((SubscriptionPattern) null))
              .isExactlyInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> consumer.subscribe(new SubscriptionPattern("")))
              .isExactlyInstanceOf(IllegalArgumentException.class);
        });
  }

  @Test
  default void theClassicProtocolHasNoPatternsOfTheCoordinators() throws Exception {
    run(
        kafka ->
            assertThatThrownBy(
                    () ->
                        kafka.member(kafka.unique("group")).subscribe(new SubscriptionPattern("a")))
                .isExactlyInstanceOf(UnsupportedOperationException.class));
  }
}
