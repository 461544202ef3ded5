package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

/** Waking up and closing a consumer, using it from two threads, and making one. */
interface LifecycleContract extends Contract {
  private static Consumer<String, String> idle(KafkaArm kafka) {
    Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
    consumer.assign(List.of(kafka.partitionWith()));
    return consumer;
  }

  @Test
  default void wakesUpInTheNextPoll() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = idle(kafka);

          consumer.wakeup();

          assertThatThrownBy(() -> consumer.poll(Duration.ofDays(1)))
              .isExactlyInstanceOf(WakeupException.class);
        });
  }

  @Test
  default void wakesUpOnceHoweverOftenItIsWoken() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = idle(kafka);

          consumer.wakeup();
          consumer.wakeup();

          assertThatThrownBy(() -> consumer.poll(KafkaArm.SHORT))
              .isExactlyInstanceOf(WakeupException.class);
          assertThat(consumer.poll(KafkaArm.SHORT)).isEmpty();
        });
  }

  @Test
  default void wakesUpDuringAPoll() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = idle(kafka);
          KafkaArm.Task polling =
              kafka.start(
                  "poll",
                  () ->
                      assertThatThrownBy(() -> consumer.poll(Duration.ofDays(1)))
                          .isExactlyInstanceOf(WakeupException.class));
          kafka.eventually("a poll", () -> inUse(consumer));

          consumer.wakeup();

          polling.await();
        });
  }

  @Test
  default void wakesUpInABlockingCommit() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = idle(kafka);
          TopicPartition partition = consumer.assignment().iterator().next();

          consumer.wakeup();

          assertThatThrownBy(() -> consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0))))
              .isExactlyInstanceOf(WakeupException.class);
          consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0)));
        });
  }

  @Test
  default void wakesUpWhileLookingForOffsets() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = idle(kafka);
          Set<TopicPartition> partitions = consumer.assignment();

          consumer.wakeup();
          assertThatThrownBy(() -> consumer.endOffsets(partitions))
              .isExactlyInstanceOf(WakeupException.class);
          consumer.wakeup();
          assertThatThrownBy(() -> consumer.committed(partitions))
              .isExactlyInstanceOf(WakeupException.class);
        });
  }

  @Test
  default void keepsAWakeUpForLaterIfACallDoesNotWait() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = idle(kafka);
          TopicPartition partition = consumer.assignment().iterator().next();

          consumer.wakeup();
          consumer.seek(partition, 0);
          assertThat(consumer.position(partition)).isZero();
          consumer.commitAsync();

          assertThatThrownBy(() -> consumer.poll(KafkaArm.SHORT))
              .isExactlyInstanceOf(WakeupException.class);
        });
  }

  @Test
  default void closesInSpiteOfAWakeUp() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = idle(kafka);

          consumer.wakeup();

          consumer.close();
          assertThatThrownBy(consumer::assignment).isInstanceOf(IllegalStateException.class);
        });
  }

  @Test
  default void commitsByItselfWhileClosingInSpiteOfAWakeUp() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          String group = kafka.unique("group");
          Consumer<String, String> consumer = kafka.member(group, "enable.auto.commit", "true");
          consumer.assign(List.of(partition));
          kafka.read(consumer, 1);

          consumer.wakeup();
          consumer.close();

          assertThat(kafka.member(group).committed(Set.of(partition)).get(partition).offset())
              .isEqualTo(1);
        });
  }

  @Test
  default void canBeClosedTwice() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = idle(kafka);

          consumer.close();
          consumer.close();
          consumer.close(CloseOptions.timeout(Duration.ZERO));
          consumer.wakeup();
        });
  }

  @Test
  default void refusesEverythingOnceClosed() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = idle(kafka);
          TopicPartition partition = new TopicPartition("t", 0);
          consumer.close();

          List<KafkaArm.Step> steps =
              List.of(
                  () -> consumer.poll(Duration.ZERO),
                  () -> consumer.subscribe(List.of("t")),
                  () -> consumer.assign(List.of(partition)),
                  consumer::unsubscribe,
                  consumer::assignment,
                  consumer::subscription,
                  consumer::paused,
                  consumer::commitSync,
                  consumer::commitAsync,
                  consumer::groupMetadata,
                  consumer::enforceRebalance,
                  () -> consumer.seek(partition, 0),
                  () -> consumer.seekToEnd(List.of(partition)),
                  () -> consumer.position(partition),
                  () -> consumer.committed(Set.of(partition)),
                  () -> consumer.endOffsets(List.of(partition)),
                  () -> consumer.offsetsForTimes(Map.of(partition, 0L)),
                  () -> consumer.partitionsFor("t"),
                  () -> consumer.currentLag(partition),
                  () -> consumer.pause(List.of(partition)),
                  () -> consumer.resume(List.of(partition)));
          for (KafkaArm.Step step : steps) {
            assertThatThrownBy(step::run)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("This consumer has already been closed.");
          }
        });
  }

  @Test
  default void refusesANegativeTimeoutForClosing() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = idle(kafka);

          assertThatThrownBy(() -> consumer.close(CloseOptions.timeout(Duration.ofMillis(-1))))
              .isExactlyInstanceOf(IllegalArgumentException.class);
          assertThat(consumer.assignment()).hasSize(1);
        });
  }

  private static boolean inUse(Consumer<?, ?> consumer) {
    try {
      consumer.assignment();
      return false;
    } catch (ConcurrentModificationException used) {
      return true;
    }
  }

  @Test
  default void refusesASecondThread() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = idle(kafka);
          KafkaArm.Task polling =
              kafka.start(
                  "poll",
                  () ->
                      assertThatThrownBy(() -> consumer.poll(Duration.ofDays(1)))
                          .isExactlyInstanceOf(WakeupException.class));
          kafka.eventually("a poll", () -> inUse(consumer));

          List<KafkaArm.Step> steps =
              List.of(
                  () -> consumer.poll(Duration.ZERO),
                  consumer::commitSync,
                  consumer::commitAsync,
                  consumer::close);
          for (KafkaArm.Step step : steps) {
            assertThatThrownBy(step::run)
                .isExactlyInstanceOf(ConcurrentModificationException.class)
                .hasMessageStartingWith("KafkaConsumer is not safe for multi-threaded access.");
          }
          consumer.wakeup();
          polling.await();
        });
  }

  @Test
  default void letsThreadsTakeTurns() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = idle(kafka);

          kafka.start("another", () -> consumer.poll(Duration.ZERO)).await();

          assertThat(consumer.poll(Duration.ZERO)).isEmpty();
        });
  }

  @Test
  default void cannotBeMadeWithWrongConfiguration() throws Exception {
    run(
        kafka -> {
          List<Object[]> wrong =
              List.of(
                  new Object[] {"auto.offset.reset", "middle"},
                  new Object[] {"max.poll.records", "0"},
                  new Object[] {"max.poll.records", "many"},
                  new Object[] {"isolation.level", "serializable"},
                  new Object[] {"key.deserializer", "no.such.Deserializer"});
          for (Object[] overrides : wrong) {
            assertThatThrownBy(() -> kafka.reader(overrides))
                .as("%s", (Object) overrides)
                .isExactlyInstanceOf(ConfigException.class);
          }
        });
  }

  @Test
  default void cannotBeMadeWithoutDeserializers() throws Exception {
    run(
        kafka ->
            assertThatThrownBy(() -> kafka.consumerWith(Map.of("group.id", "g")))
                .isExactlyInstanceOf(ConfigException.class));
  }

  @Test
  default void cannotCommitByItselfWithoutAGroup() throws Exception {
    run(
        kafka ->
            assertThatThrownBy(() -> kafka.reader("enable.auto.commit", "true"))
                .isExactlyInstanceOf(InvalidConfigurationException.class));
  }

  @Test
  default void cannotBeMadeWithASlowHeartbeat() throws Exception {
    run(
        kafka ->
            assertThatThrownBy(
                    () ->
                        kafka.member(
                            "g", "heartbeat.interval.ms", "10000", "session.timeout.ms", "10000"))
                .isExactlyInstanceOf(KafkaException.class)
                .hasCauseExactlyInstanceOf(IllegalArgumentException.class));
  }

  @Test
  default void keepsTheInterruptOfAThreadThatClosesIt() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> unsubscribed = kafka.member(kafka.unique("group"));
          Consumer<String, String> member = kafka.member(kafka.unique("group"));
          member.subscribe(List.of(kafka.topic(1)));
          kafka.join(member, 1);

          kafka
              .start(
                  "closes",
                  () -> {
                    Thread.currentThread().interrupt();
                    unsubscribed.close();
                    assertThat(Thread.interrupted()).isTrue();
                    Thread.currentThread().interrupt();
                    assertThatThrownBy(member::close).isExactlyInstanceOf(InterruptException.class);
                    assertThat(Thread.interrupted()).isTrue();
                  })
              .await();
        });
  }

  @Test
  default void cannotPollOnAfterItsListenerHasClosedIt() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          Log log = new Log();
          log.onAssign(consumer::close);
          consumer.subscribe(List.of(kafka.topic(1)), log);

          assertThatThrownBy(() -> kafka.pollUntil("the end", consumer, () -> false))
              .isExactlyInstanceOf(DisconnectException.class)
              .hasMessage("NetworkClient is no longer active, state is CLOSED");
          assertThat(log.lines()).containsExactly("assigned [0]", "revoked [0]");
        });
  }
}
