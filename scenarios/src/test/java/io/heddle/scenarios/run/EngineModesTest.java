package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.Verdict;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mode of the engine, from a file, with attempts that fail and interjections between. */
class EngineModesTest {
  private static final String FILE =
      """
      scenario: modes
      kafka: {initial-rebalance-delay: 0s}
      limits: {virtual: 60s}
      topics: {t: {partitions: 3}}
      produce: [{topic: t, count: 60, rate: 60/s, keys: {uniform: 6}}]
      group:
        members: 2
        config: {session.timeout.ms: 2000, heartbeat.interval.ms: 400}
      engine:
        mode: %s
      %s
        drain: {timeout: 300ms}
        interjections: {every: 100ms, jitter: 50ms}
      %s
      handler: {service: {uniform: [1ms, 20ms]}, errors: 10%%}
      faults:
        - {name: rebalance, every: 400ms, do: rebalance}
        - {name: crash, at: 700ms, do: crash-client, member: m2, restart-after: 300ms}
      heal: {at: 8s, within: 40s}
      """;

  static Stream<Arguments> modes() {
    return Arrays.stream(Engine.Mode.values())
        .filter(mode -> mode != Engine.Mode.NAIVE)
        .flatMap(mode -> Stream.of(Arguments.of(mode, false), Arguments.of(mode, true)));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void keepsItsPromises(Engine.Mode mode, boolean exactlyOnce) throws Exception {
    Scenario scenario = read(mode, exactlyOnce ? "  exactly-once: {output: o, timeout: 2s}" : "");

    for (long seed = 1; seed <= 5; seed++) {
      RunResult result = ScenarioRunner.simulate(scenario, seed, RunOptions.DEFAULT);

      assertThat(result.violations()).as("seed " + seed).isEmpty();
      assertThat(result.marks().get("interjection")).isGreaterThan(50);
      assertThat(result.marks().get("retry")).isPositive();
      assertThat(result.records()).isEqualTo(60);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scheduler", "scheduler-async", "chained"})
  void limitsThatChangeHoldForWhatComesLater(String mode) throws Exception {
    assertThat(millis(mode, "")).isGreaterThan(900);
    assertThat(
            millis(mode, "faults: [{at: 100ms, do: change-limits, member: all, concurrency: 10}]"))
        .isBetween(200L, 600L);
  }

  /** How long 20 records of 20 keys take that are there from the start, by two for 100 ms each. */
  private static long millis(String mode, String more) throws Exception {
    String file =
        """
        scenario: limits
        kafka: {initial-rebalance-delay: 0s}
        topics: {t: {partitions: 1}}
        produce: [{topic: t, count: 20, arrival: burst, keys: {sequential: 20}}]
        engine: {mode: %s, concurrency: 2}
        handler: {service: 100ms}
        %s
        heal: {at: 1s, within: 40s}
        """;
    RunResult result =
        ScenarioRunner.simulate(
            ScenarioReader.read("f.yaml", file.formatted(mode, more).getBytes(UTF_8)),
            1,
            RunOptions.DEFAULT);
    assertThat(result.violations()).isEmpty();
    return result.response().max() / 1_000;
  }

  @Test
  void aMemberThatLetsAllKeysGoAtOnceIsFoundWithRetriesToo() throws Exception {
    RunResult result = ScenarioRunner.simulate(read(Engine.Mode.NAIVE, ""), 1, RunOptions.DEFAULT);

    assertThat(result.invariants())
        .filteredOn(each -> each.verdict() == Verdict.FAILED)
        .extracting(each -> each.name())
        .contains("key-order", "key-exclusive");
  }

  private static Scenario read(Engine.Mode mode, String more) {
    String limits =
        mode.hasScheduler()
            ? "  concurrency: 4"
            : mode.hasBatcher()
                ? "  batcher: {max-size: 5, max-concurrent: 2, delay: 20ms, items: 3}"
                : "";
    if (mode == Engine.Mode.CHAINED) {
      limits += "\n  stages: 3";
    }
    return ScenarioReader.read(
        "f.yaml", FILE.formatted(mode.label(), limits, more).getBytes(UTF_8));
  }
}
