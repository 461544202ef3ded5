package io.heddle.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;

/** What becomes of a consumer's own commits when the first of them goes wrong. */
class AutoCommitTest {
  private static final Duration POLL = Duration.ofMillis(100);

  private final FaultFixture fixture = new FaultFixture(1);

  /**
   * When commits were sent within 4.5 s after the application had its record, in tenths of a second
   * from then on, rounded down.
   */
  private List<Long> commits(String protocol, int intervalMs, Verdict first) throws Exception {
    List<Long> sent = new ArrayList<>();
    fixture.faults.on(ApiKey.OFFSET_COMMIT).when(it -> sent.add(it.atNanos())).nth(1).then(first);
    long[] start = new long[1];
    long[] end = new long[1];
    fixture.run(
        () -> {
          FaultFixture.send(fixture.producer(true), "a").get();
          Map<String, Object> config = new TreeMap<>(fixture.group);
          config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol);
          config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "true");
          config.put(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, intervalMs);
          config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
          try (Consumer<String, String> consumer = fixture.kafka.consumer(config)) {
            consumer.subscribe(List.of("orders"));
            boolean read = false;
            while (!read) {
              read = !consumer.poll(POLL).isEmpty();
            }
            start[0] = fixture.kafka.simulation().nanoTime();
            for (int i = 0; i < 45; i++) {
              consumer.poll(POLL);
            }
            end[0] = fixture.kafka.simulation().nanoTime();
          }
        });
    return sent.stream()
        .filter(at -> at < end[0])
        .map(at -> (at - start[0]) / POLL.toNanos())
        .toList();
  }

  @Test
  void aClassicConsumerTriesAgainSoonWhatCanBeRetried() throws Exception {
    assertThat(commits("classic", 2_000, Faults.error(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS)))
        .containsExactly(19L, 20L, 40L);
  }

  /** Its failures are none that its timer knows to be retriable, in 4.3.1. */
  @Test
  void aConsumerOfTheConsumerProtocolWaitsForTheNextInterval() throws Exception {
    assertThat(commits("consumer", 2_000, Faults.error(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS)))
        .containsExactly(19L, 39L);
  }

  /** The first is given up after 3 s, which can be retried, too. */
  @Test
  void aClassicConsumerDoesNotWaitForAnAnswer() throws Exception {
    assertThat(commits("classic", 1_000, Faults.applyThenDrop()))
        .containsExactly(9L, 19L, 29L, 40L);
  }

  @Test
  void aConsumerOfTheConsumerProtocolSendsNothingBeforeTheAnswer() throws Exception {
    assertThat(commits("consumer", 1_000, Faults.applyThenDrop())).containsExactly(9L, 40L);
  }
}
