package io.heddle.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.network.FaultRule.Trigger;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.ErrorCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesOfConsumersTest {
  private static final TopicPartition T0 = new TopicPartition("t", 0);

  private final KafkaFixture kafka = new KafkaFixture(1);

  private void run(String protocol, Consumer<SimConsumer<byte[], byte[]>> body) throws Exception {
    run(protocol, Map.of(), body);
  }

  private void run(
      String protocol, Map<String, Object> settings, Consumer<SimConsumer<byte[], byte[]>> body)
      throws Exception {
    kafka.cluster().createTopic("t", 1);
    Map<String, Object> all = new HashMap<>(settings);
    String bytes = "org.apache.kafka.common.serialization.ByteArrayDeserializer";
    all.put("key.deserializer", bytes);
    all.put("value.deserializer", bytes);
    all.put("group.protocol", protocol);
    all.put("group.id", "g");
    all.putIfAbsent("enable.auto.commit", false);
    all.put("auto.offset.reset", "earliest");
    kafka
        .simulation()
        .run(
            () -> {
              try (SimConsumer<byte[], byte[]> consumer =
                  SimConsumer.create(kafka.context("app"), all)) {
                body.accept(consumer);
              }
              return true;
            });
  }

  private void fail(ApiKey api, int times, ErrorCode error) {
    kafka.fault(api, new Trigger.Times(times), new Verdict.Fail(error));
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private static void poll(SimConsumer<?, ?> consumer, int times, long millis) {
    for (int i = 0; i < times; i++) {
      consumer.poll(millis(millis));
    }
  }

  /** Has partitions and reads them. */
  private static void settle(SimConsumer<?, ?> consumer) {
    consumer.subscribe(List.of("t"));
    poll(consumer, 20, 100);
    assertThat(consumer.assignment()).containsExactly(T0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void aCoordinatorIsLookedForLessAndLessOftenWithinACall(String protocol) throws Exception {
    Retries lookedUp = Retries.of(kafka, ApiKey.FIND_COORDINATOR);
    fail(ApiKey.FIND_COORDINATOR, 6, ErrorCode.COORDINATOR_NOT_AVAILABLE);

    run(
        protocol,
        consumer -> {
          consumer.subscribe(List.of("t"));
          consumer.poll(millis(10_000));
        });

    lookedUp.assertGrow(6);
  }

  @Test
  void eachCallOfAClassicConsumerLooksForTheCoordinatorAnew() throws Exception {
    Retries lookedUp = Retries.of(kafka, ApiKey.FIND_COORDINATOR);
    fail(ApiKey.FIND_COORDINATOR, 100, ErrorCode.COORDINATOR_NOT_AVAILABLE);

    run(
        "classic",
        consumer -> {
          consumer.subscribe(List.of("t"));
          poll(consumer, 10, 200);
        });

    assertThat(lookedUp.count()).isGreaterThanOrEqualTo(20);
    assertThat(lookedUp.waitsMs()).allMatch(wait -> wait < 120);
  }

  @Test
  void aNewerConsumerLooksForTheCoordinatorLessOftenWhateverIsCalled() throws Exception {
    Retries lookedUp = Retries.of(kafka, ApiKey.FIND_COORDINATOR);
    fail(ApiKey.FIND_COORDINATOR, 6, ErrorCode.COORDINATOR_NOT_AVAILABLE);

    run(
        "consumer",
        consumer -> {
          consumer.subscribe(List.of("t"));
          poll(consumer, 60, 100);
        });

    lookedUp.assertGrow(6);
  }

  @Test
  void aClassicMemberJoinsAgainAfterTheSameTimeEach() throws Exception {
    Retries joined = Retries.of(kafka, ApiKey.JOIN_GROUP);
    fail(ApiKey.JOIN_GROUP, 5, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);

    run(
        "classic",
        consumer -> {
          consumer.subscribe(List.of("t"));
          consumer.poll(millis(5_000));
        });

    joined.assertConstant(5, 100);
  }

  @Test
  void aClassicHeartbeatWaitsLongerAfterEachFailure() throws Exception {
    Retries beaten = Retries.of(kafka, ApiKey.HEARTBEAT);

    run(
        "classic",
        consumer -> {
          settle(consumer);
          beaten.forget();
          fail(ApiKey.HEARTBEAT, 5, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
          poll(consumer, 100, 100);
          beaten.assertGrow(5);
          assertThat(beaten.waitsMs().get(5)).as("the usual interval").isGreaterThan(2_900);
          beaten.forget();
          fail(ApiKey.HEARTBEAT, 3, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
          poll(consumer, 100, 100);
          beaten.assertGrow(3);
        });
  }

  @Test
  void aClassicHeartbeatIsNotLongInComingWhenTheCoordinatorHasMoved() throws Exception {
    Retries beaten = Retries.of(kafka, ApiKey.HEARTBEAT);

    run(
        "classic",
        consumer -> {
          settle(consumer);
          beaten.forget();
          fail(ApiKey.HEARTBEAT, 1, ErrorCode.NOT_COORDINATOR);
          poll(consumer, 60, 100);
        });

    assertThat(beaten.waitsMs().get(0)).isBetween(80L, 120L);
  }

  @Test
  void aNewerHeartbeatWaitsLongerAfterEachFailure() throws Exception {
    Retries beaten = Retries.of(kafka, ApiKey.CONSUMER_GROUP_HEARTBEAT);

    run(
        "consumer",
        consumer -> {
          settle(consumer);
          beaten.forget();
          fail(ApiKey.CONSUMER_GROUP_HEARTBEAT, 5, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
          poll(consumer, 150, 100);
        });

    beaten.assertGrow(5);
    assertThat(beaten.waitsMs().get(5)).as("the usual interval").isGreaterThan(4_000);
  }

  @Test
  void aNewerMemberThatJoinsWaitsForNothing() throws Exception {
    Retries beaten = Retries.of(kafka, ApiKey.CONSUMER_GROUP_HEARTBEAT);
    fail(ApiKey.CONSUMER_GROUP_HEARTBEAT, 5, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);

    run(
        "consumer",
        consumer -> {
          consumer.subscribe(List.of("t"));
          consumer.poll(millis(1_000));
        });

    beaten.assertConstant(5, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void aCommitIsTriedAgainAfterLongerAndLonger(String protocol) throws Exception {
    Retries committed = Retries.of(kafka, ApiKey.OFFSET_COMMIT);

    run(
        protocol,
        consumer -> {
          settle(consumer);
          for (int call = 0; call < 2; call++) {
            committed.forget();
            fail(ApiKey.OFFSET_COMMIT, 5, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
            consumer.commitSync(Map.of(T0, new OffsetAndMetadata(0)));
            committed.assertGrow(5);
          }
        });
  }

  @Test
  void aClassicCommitBeforeItsMemberJoinsAgainWaitsTheSameEachTime() throws Exception {
    Retries committed = Retries.of(kafka, ApiKey.OFFSET_COMMIT);
    kafka.cluster().createTopic("u", 1);

    run(
        "classic",
        Map.of("enable.auto.commit", true, "auto.commit.interval.ms", 1_000_000),
        consumer -> {
          settle(consumer);
          committed.forget();
          fail(ApiKey.OFFSET_COMMIT, 5, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
          consumer.subscribe(List.of("t", "u"));
          poll(consumer, 10, 200);
          committed.assertConstant(5, 100);
        });
  }

  @Test
  void anAutomaticCommitIsTriedAgainAfterTheSameTime() throws Exception {
    Retries committed = Retries.of(kafka, ApiKey.OFFSET_COMMIT);

    run(
        "classic",
        Map.of("enable.auto.commit", true, "auto.commit.interval.ms", 5_000),
        consumer -> {
          settle(consumer);
          fail(ApiKey.OFFSET_COMMIT, 4, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
          committed.forget();
          consumer.poll(millis(8_000));
          committed.assertConstant(4, 100);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void committedOffsetsAreAskedForAfterLongerAndLonger(String protocol) throws Exception {
    Retries asked = Retries.of(kafka, ApiKey.OFFSET_FETCH);

    run(
        protocol,
        consumer -> {
          for (int call = 0; call < 2; call++) {
            asked.forget();
            fail(ApiKey.OFFSET_FETCH, 5, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
            assertThat(consumer.committed(Set.of(T0))).containsKey(T0);
            asked.assertGrow(5);
          }
        });
  }

  @Test
  void aPollOfAClassicConsumerAsksForCommittedOffsetsAnew() throws Exception {
    Retries asked = Retries.of(kafka, ApiKey.OFFSET_FETCH);
    fail(ApiKey.OFFSET_FETCH, 8, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);

    run(
        "classic",
        consumer -> {
          consumer.assign(List.of(T0));
          consumer.poll(millis(2_000));
          asked.assertGrow(4);
          poll(consumer, 4, 150);
        });

    assertThat(asked.waitsMs().subList(5, 8)).allMatch(wait -> wait < 150);
  }

  @Test
  void aNewerConsumerAsksForCommittedOffsetsLessOftenWhateverIsCalled() throws Exception {
    Retries asked = Retries.of(kafka, ApiKey.OFFSET_FETCH);
    fail(ApiKey.OFFSET_FETCH, 6, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);

    run(
        "consumer",
        consumer -> {
          consumer.assign(List.of(T0));
          poll(consumer, 60, 100);
        });

    asked.assertGrow(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void aPositionIsLookedUpAgainAfterTheSameTimeEach(String protocol) throws Exception {
    Retries asked = Retries.of(kafka, ApiKey.LIST_OFFSETS);
    fail(ApiKey.LIST_OFFSETS, 5, ErrorCode.OFFSET_NOT_AVAILABLE);

    run(
        protocol,
        consumer -> {
          consumer.assign(List.of(T0));
          consumer.poll(millis(5_000));
        });

    asked.assertConstant(5, 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void theEndOfALogIsAskedForWheneverTheClusterWasHeardOf(String protocol) throws Exception {
    Retries asked = Retries.of(kafka, ApiKey.LIST_OFFSETS);
    Retries heard = Retries.of(kafka, ApiKey.METADATA);

    run(
        protocol,
        consumer -> {
          consumer.endOffsets(List.of(T0));
          kafka.simulation().sleep(2_000_000_000);
          asked.forget();
          heard.forget();
          fail(ApiKey.LIST_OFFSETS, 6, ErrorCode.NOT_LEADER_OR_FOLLOWER);
          assertThat(consumer.endOffsets(List.of(T0))).containsEntry(T0, 0L);
          assertThat(heard.count()).isEqualTo(6);
          Retries.assertGrow(heard.waitsMs(), 100, 1_000);
          assertThat(asked.waitsMs().get(0)).isEqualTo(Retries.ROUND_TRIP_MS);
        });
  }
}
