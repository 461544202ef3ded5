package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.scenarios.file.ScenarioException;
import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.file.ScenarioWriter;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of work that fails again and again, of batches and of interjections that fail. */
class FailuresFromFilesTest {
  private static final String FILE =
      """
      scenario: failures
      kafka: {initial-rebalance-delay: 0s}
      limits: {virtual: 60s}
      topics: {t: {partitions: 3}}
      produce: [{topic: t, count: 80, rate: 80/s, keys: {uniform: 6}}]
      group:
        members: 2
        config: {session.timeout.ms: 2000, heartbeat.interval.ms: 400}
      engine: {%s, drain: {timeout: 200ms}}
      handler: {service: {uniform: [1ms, 20ms]}, errors: %s}
      faults:
        - {name: rebalance, every: 400ms, do: rebalance}
        - {name: crash, at: 700ms, do: crash-client, member: m2, restart-after: 300ms}
      heal: {at: 4s, within: 40s}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mode: scheduler, on-failure: {attempts: 2, then: finalizer}",
        "mode: scheduler, on-failure: {attempts: 2, then: finalizer}, exactly-once: {timeout: 2s}",
        "mode: scheduler, on-failure: {attempts: 2, then: skip}",
        "mode: scheduler-async, on-failure: {attempts: 1, then: dead-letter, topic: letters}",
        "mode: scheduler-async, on-failure: {attempts: 3, backoff: 30ms, then: finalizer}",
        "mode: chained, stages: 3, on-failure: {attempts: 2, then: finalizer}",
        "mode: chained, on-failure: {attempts: 2, backoff: 1ms, then: skip}",
        "mode: batcher, on-failure: {attempts: 2, then: skip}",
        "mode: batcher-async, on-failure: {attempts: 2, then: dead-letter, topic: letters}",
        "mode: sync, on-failure: {attempts: 2, then: skip}",
        "mode: sync, on-failure: {attempts: 2, then: dead-letter, topic: letters}",
      })
  void whatIsGivenUpIsCompleteAndHoldsNobodyUp(String engine) throws Exception {
    for (long seed = 1; seed <= 5; seed++) {
      RunResult result = ScenarioRunner.simulate(read(engine, "40%"), seed, RunOptions.DEFAULT);

      assertThat(result.violations()).as("seed " + seed).isEmpty();
      assertThat(result.records()).isEqualTo(80);
    }
  }

  /** What fails is tried until it succeeds, and what cannot be decoded once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mode: scheduler, on-undecodable: {attempts: 1, then: skip}",
        "mode: sync, on-undecodable: {attempts: 1, then: dead-letter, topic: pills}",
        "mode: batcher, on-undecodable: {attempts: 1, then: skip}",
      })
  void whatCannotBeDecodedIsLeftOutByItself(String engine) throws Exception {
    Scenario scenario = read(engine, "40%, undecodable: 20%");

    RunResult result = ScenarioRunner.simulate(scenario, 1, RunOptions.DEFAULT);

    assertThat(result.violations()).isEmpty();
    assertThat(result.marks().get("retry")).isGreaterThan(20);
    assertThat(result.marks().get("undecodable"))
        .isGreaterThan(5)
        .isEqualTo(mark(result, "skipped") + mark(result, "dead-lettered"));
  }

  @Test
  void pillsHaveDeadLettersOfTheirOwn() throws Exception {
    Scenario scenario =
        read(
            "mode: scheduler, on-failure: {attempts: 1, then: skip},"
                + " on-undecodable: {attempts: 2, backoff: 1ms, then: dead-letter, topic: pills}",
            "20%, undecodable: 20%");

    RunResult result = ScenarioRunner.simulate(scenario, 1, RunOptions.DEFAULT);

    assertThat(result.violations()).isEmpty();
    assertThat(result.marks().get("skipped")).isGreaterThan(5);
    assertThat(result.marks().get("dead-lettered")).isGreaterThan(5);
    assertThat(ScenarioWriter.write(scenario))
        .contains(
            "on-undecodable: {attempts: 2, backoff: 1ms, then: dead-letter, topic: pills}",
            "on-failure: {attempts: 1, then: skip}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mode: batcher, batcher: {max-size: 3, items: 5, min-items: 0, errors: 20%}",
        "mode: batcher-async, batcher: {max-size: 2, max-concurrent: 2, items: 4, errors: 30%}",
        "mode: batcher, batcher: {items: 3, min-items: 0, errors: 10%}, exactly-once: {timeout:"
            + " 2s}",
      })
  void aBatchThatFailsIsToldByItsItems(String engine) throws Exception {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(ScenarioRunner.simulate(read(engine, "0%"), seed, RunOptions.DEFAULT).violations())
          .as("seed " + seed)
          .isEmpty();
    }
  }

  @Test
  void interjectionsThatFailAreMadeAgain() throws Exception {
    Scenario scenario =
        read("mode: sync, interjections: {every: 80ms, service: 30ms, errors: 30%}", "0%");

    RunResult result = ScenarioRunner.simulate(scenario, 1, RunOptions.DEFAULT);

    assertThat(result.violations()).isEmpty();
    assertThat(result.marks().get("retry")).isGreaterThan(10);
  }

  @Test
  void aPollThatWaitsForLongIsWokenForWhatIsDue() throws Exception {
    Scenario scenario =
        read(
            "mode: scheduler, concurrency: 2, queue-depth: 2, max-keys: 3, poll: {timeout: 30s}",
            "30%");

    assertThat(ScenarioRunner.simulate(scenario, 1, RunOptions.DEFAULT).violations()).isEmpty();
  }

  /** A record that fails three times waits for 40 ms, and the second time no longer than that. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{first: 40ms, multiplier: 1, jitter: 0%} | 80",
        "{first: 40ms, max: 50ms, jitter: 0%} | 90",
        "{first: 40ms, multiplier: 5, jitter: 0%} | 240",
      })
  void attemptsAreSoFarApart(String backoff, long millis) throws Exception {
    String file =
        """
        scenario: backoff
        kafka: {initial-rebalance-delay: 0s}
        topics: {t: {partitions: 1}}
        produce: [{topic: t, count: 200, arrival: burst, keys: {sequential: 200}, start-at: 1s}]
        engine: {concurrency: 200, on-failure: {attempts: 3, then: skip, backoff: %s}}
        handler: {service: 1ms, errors: 50%%}
        heal: {at: 2s, within: 20s}
        """;
    Scenario scenario = ScenarioReader.read("f.yaml", file.formatted(backoff).getBytes(UTF_8));

    RunResult result = ScenarioRunner.simulate(scenario, 1, RunOptions.DEFAULT);

    assertThat(result.violations()).isEmpty();
    assertThat(result.marks().get("skipped")).isPositive();
    // Three attempts of a millisecond each, and what the messages of a poll and a record take.
    assertThat(result.response().max() / 1_000).isBetween(millis + 3, millis + 30);
  }

  @Test
  void isWrittenAsItIsRead() {
    Scenario scenario =
        read(
            "mode: batcher, batcher: {items: 4, min-items: 1, errors: 5%}, poll: {timeout: 3s},"
                + " interjections: {every: 1s, service: 2ms, errors: 5%, asks: 30%},"
                + " on-failure: {attempts: 7, backoff: 20ms, then: dead-letter, topic: d}",
            "1%");

    String text = ScenarioWriter.write(scenario);

    assertThat(text)
        .contains(
            "items: 4, min-items: 1, errors: 5%}",
            "poll: {timeout: 3s}",
            "service: 2ms, errors: 5%, asks: 30%}",
            "on-failure: {attempts: 7, backoff: 20ms, then: dead-letter, topic: d}");
    assertThat(ScenarioReader.read("again", text.getBytes(UTF_8))).isEqualTo(scenario);
    assertThat(
            ScenarioWriter.write(
                read("on-failure: {attempts: 7, then: stop, backoff: {first: 2ms}}", "1%")))
        .contains("backoff: 2ms");
    assertThat(
            ScenarioWriter.write(
                read(
                    "on-failure: {attempts: 7, then: stop, backoff: {first: 2ms, max: 9ms}}",
                    "1%")))
        .contains("backoff: {first: 2ms, multiplier: 2, max: 9ms, jitter: 20%}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mode: sync, on-failure: {attempts: 2, then: finalizer}"
            + "| on-failure.then finalizer needs a mode with a scheduler",
        "mode: scheduler, on-failure: {attempts: 2, then: skip}, exactly-once: {}| on-failure.then"
            + " must be finalizer, stop-partition or stop with exactly-once, outputs or store, was"
            + " skip",
        "mode: scheduler, on-failure: {attempts: 2, then: skip}, store: s| on-failure.then must be"
            + " finalizer, stop-partition or stop with exactly-once, outputs or store, was skip",
        "mode: scheduler, on-failure: {attempts: 0, then: skip}| attempts must be at least 1, was"
            + " 0",
        "mode: scheduler, on-failure: {attempts: 2, then: dead-letter}"
            + "| topic must be given with then: dead-letter and with nothing else, was missing",
        "mode: scheduler, on-failure: {attempts: 2, then: skip, topic: d}| topic must be given with"
            + " then: dead-letter and with nothing else, was 'd' with skip",
        "mode: scheduler, on-failure: {attempts: 2, then: dead-letter, topic: t}"
            + "| engine.on-failure.topic must be a topic of its own, was t",
        "mode: scheduler, on-failure: {attempts: 2, then: giveup}| on-failure.then must be a known"
            + " name, was 'giveup'",
        "mode: sync, on-undecodable: {attempts: 2, then: skip}"
            + "| needs records that cannot be decoded: undecodable of handler is not given",
        "mode: scheduler, on-undecodable: {attempts: 2, then: finalizer}"
            + "| on-undecodable.then must not be finalizer",
        "mode: sync, on-undecodable: {attempts: 2, then: skip}, store: s"
            + "| on-undecodable.then must be stop-partition or stop with exactly-once, outputs or"
            + " store, was skip",
        "mode: sync, on-undecodable: {attempts: 2, then: dead-letter, topic: t}"
            + "| engine.on-undecodable.topic must be a topic of its own, was t",
        "mode: batcher, batcher: {items: 2, min-items: 3}| min-items must be at most 2, was 3",
        "mode: batcher, batcher: {errors: 60%}| errors must be at most 50%, was 60%",
        "mode: sync, interjections: {every: 1s, errors: 60%}| errors must be at most 50%, was 60%",
        "mode: sync, poll: {timeout: 0s}| poll.timeout must be more than 0, was 0s",
        "mode: sync, poll: {timeout: 10m}| engine.poll.timeout must be less than"
            + " max.poll.interval.ms",
      })
  void whatDoesNotFitIsRefused(String engine, String why) {
    assertThatThrownBy(() -> read(engine, "1%"))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining(why);
  }

  private static long mark(RunResult result, String name) {
    return result.marks().getOrDefault(name, 0L);
  }

  private static Scenario read(String engine, String errors) {
    String commits = engine.contains("exactly-once") ? "" : ", commit: {every: 100ms}";
    return ScenarioReader.read("f.yaml", FILE.formatted(engine + commits, errors).getBytes(UTF_8));
  }
}
