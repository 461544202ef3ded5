package io.heddle.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.network.FaultRule.Trigger;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.ErrorCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetriesOfProducersTest {
  private static final TopicPartition T0 = new TopicPartition("t", 0);

  private final KafkaFixture kafka = new KafkaFixture(2);

  private SimProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    String bytes = "org.apache.kafka.common.serialization.ByteArraySerializer";
    all.put("key.serializer", bytes);
    all.put("value.serializer", bytes);
    return SimProducer.create(kafka.context("app"), all);
  }

  private void send(Map<String, Object> settings, int records) throws Exception {
    kafka.cluster().createTopic("t", 1);
    run(
        () -> {
          var producer = producer(settings);
          for (int i = 0; i < records; i++) {
            assertThat(producer.send(record(null)).get().offset()).isEqualTo(i);
          }
          producer.close();
          return true;
        });
  }

  private static ProducerRecord<byte[], byte[]> record(@Nullable Integer partition) {
    return new ProducerRecord<>("t", partition, 1_700_000_000_000L, null, new byte[1]);
  }

  private void run(Callable<?> body) throws Exception {
    kafka.simulation().run(body::call);
  }

  private void fail(ApiKey api, int times, ErrorCode error) {
    kafka.fault(api, new Trigger.Times(times), new Verdict.Fail(error));
  }

  @Test
  void aBatchWaitsLongerAfterEachAttemptAndTheNextBatchBeginsAnew() throws Exception {
    kafka.cluster().createTopic("t", 1);
    Retries produced = Retries.of(kafka, ApiKey.PRODUCE);
    run(
        () -> {
          var producer = producer(Map.of());
          for (int batch = 0; batch < 2; batch++) {
            produced.forget();
            fail(ApiKey.PRODUCE, 6, ErrorCode.NOT_ENOUGH_REPLICAS);
            producer.send(record(null)).get();
            assertThat(produced.count()).isEqualTo(7);
            produced.assertGrow(6);
          }
          producer.close();
          return true;
        });
  }

  @Test
  void aBatchWaitsNoLongerThanTheMost() throws Exception {
    Retries produced = Retries.of(kafka, ApiKey.PRODUCE);
    fail(ApiKey.PRODUCE, 6, ErrorCode.NOT_ENOUGH_REPLICAS);

    send(Map.of("retry.backoff.max.ms", 250), 1);

    Retries.assertGrow(produced.waitsMs(), 100, 250);
  }

  @Test
  void aBatchWaitsTheSameEachTimeIfTheMostIsLess() throws Exception {
    Retries produced = Retries.of(kafka, ApiKey.PRODUCE);
    fail(ApiKey.PRODUCE, 4, ErrorCode.NOT_ENOUGH_REPLICAS);

    send(Map.of("retry.backoff.ms", 500, "retry.backoff.max.ms", 300), 1);

    produced.assertConstant(4, 300);
  }

  @Test
  void aBatchDoesNotWaitOnceANewerLeaderIsKnown() throws Exception {
    kafka.cluster().createTopic("t", 1);
    Retries produced = Retries.of(kafka, ApiKey.PRODUCE);
    run(
        () -> {
          var producer =
              producer(Map.of("retry.backoff.ms", 10_000, "retry.backoff.max.ms", 20_000));
          producer.send(record(null)).get();
          kafka.simulation().sleep(Duration.ofSeconds(20).toNanos());
          produced.forget();
          kafka.cluster().moveLeader(T0, kafka.cluster().leaderOf(T0) == 0 ? 1 : 0);
          producer.send(record(null)).get();
          // Asked where the leader was, heard of the cluster, asked where it is.
          produced.assertConstant(1, Retries.ROUND_TRIP_MS);
          producer.close();
          return true;
        });
  }

  @Test
  void requestsOfTransactionsWaitTheSameEachTime() throws Exception {
    Retries coordinator = Retries.of(kafka, ApiKey.FIND_COORDINATOR);
    Retries initialized = Retries.of(kafka, ApiKey.INIT_PRODUCER_ID);
    fail(ApiKey.FIND_COORDINATOR, 5, ErrorCode.COORDINATOR_NOT_AVAILABLE);
    fail(ApiKey.INIT_PRODUCER_ID, 5, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);

    run(
        () -> {
          var producer = producer(Map.of("transactional.id", "x"));
          producer.initTransactions();
          producer.close();
          return true;
        });

    coordinator.assertConstant(5, 100);
    initialized.assertConstant(5, 100);
  }

  @Test
  void anIdempotentProducerWaitsTheSameEachTimeForItsId() throws Exception {
    Retries initialized = Retries.of(kafka, ApiKey.INIT_PRODUCER_ID);
    fail(ApiKey.INIT_PRODUCER_ID, 5, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);

    send(Map.of(), 1);

    initialized.assertConstant(5, 100);
  }

  @Test
  void whoWaitsForAPartitionAsksForItLessAndLessOften() throws Exception {
    kafka.cluster().createTopic("t", 1);
    Retries asked = Retries.of(kafka, ApiKey.METADATA);
    run(
        () -> {
          var producer = producer(Map.of("max.block.ms", 5_000));
          var sent = producer.send(record(7));
          assertThatThrownBy(sent::get).hasCauseInstanceOf(TimeoutException.class);
          producer.close();
          return true;
        });

    // The first answer told something new, the next one nothing for the first time.
    List<Long> waits = asked.waitsMs();
    assertThat(waits.get(0)).isBetween(80L, 120L);
    Retries.assertGrow(waits.subList(1, 6), 100, 1_000);
  }

  @Test
  void whoseRequestsForTheClusterFailAsksLessAndLessOften() throws Exception {
    Retries asked = Retries.of(kafka, ApiKey.METADATA);
    kafka.fault(ApiKey.METADATA, new Trigger.Times(6), new Verdict.Disconnect());

    send(Map.of(), 1);

    asked.assertGrow(6);
    assertThat(asked.count()).isEqualTo(7);
  }
}
