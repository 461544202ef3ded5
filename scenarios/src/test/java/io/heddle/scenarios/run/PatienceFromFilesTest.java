package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.file.ScenarioWriter;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Patience;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Work that takes too long, or never ends, and is taken back. */
class PatienceFromFilesTest {
  /** Of k0 and k3 nothing ever ends in the time there is. */
  private static final String HUNG =
      """
      scenario: hung
      kafka: {initial-rebalance-delay: 0s}
      limits: {virtual: 60s}
      topics: {t: {partitions: 3}}
      produce: [{topic: t, count: 80, rate: 80/s, keys: {uniform: 8}}]
      group:
        members: 2
        config: {session.timeout.ms: 2000, heartbeat.interval.ms: 400}
      engine: {%s, commit: {every: 100ms}, drain: {timeout: 200ms}}
      handler:
        service: {uniform: [1ms, 20ms]}
        errors: 5%%
        slow: [{key: k0, service: 10m}, {key: k3, service: 10m}]
      faults:
        - {name: rebalance, every: 400ms, do: rebalance}
        - {name: crash, at: 700ms, do: crash-client, member: m2, restart-after: 300ms}
      heal: {at: 3s, within: 40s}
      """;

  private static final String BOTH =
      ", patience: {job-deadline: {after: 150ms, then: %1$s}, give-up: {after: 600ms, then: %1$s}}";

  @ParameterizedTest
  @CsvSource({
    "scheduler, skip",
    "scheduler-async, skip",
    "chained, skip",
    "naive, skip",
    "'batcher, batcher: {max-size: 1}', skip",
    "'batcher-async, batcher: {max-size: 1}', skip",
    "scheduler, 'dead-letter, topic: letters'",
    "scheduler-async, 'dead-letter, topic: letters'",
    "'scheduler, interjections: {every: 100ms, service: 300ms}', skip",
  })
  void whatIsTakenBackIsCompleteAndHoldsNobodyUp(String mode, String then) throws Exception {
    Scenario scenario = read(HUNG, "mode: " + mode + BOTH.formatted(then));
    if (mode.equals("naive")) {
      scenario = only(scenario, "commit-prefix", "at-least-once", "progress");
    }

    for (long seed = 1; seed <= 5; seed++) {
      RunResult result = ScenarioRunner.simulate(scenario, seed, RunOptions.DEFAULT);

      assertThat(result.violations()).as("seed " + seed).isEmpty();
      assertThat(result.records()).isEqualTo(80);
      assertThat(result.marks().get("taken-back")).isGreaterThan(5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", patience: {job-deadline: {after: 150ms, then: skip}}"})
  void withoutIsHeldUpForGood(String patience) throws Exception {
    RunResult result =
        ScenarioRunner.simulate(read(HUNG, "mode: scheduler" + patience), 1, RunOptions.DEFAULT);

    // With a deadline alone a key that hangs stays taken, and what is behind it waits.
    assertThat(result.violations()).extracting(each -> each.invariant()).contains("progress");
  }

  @ParameterizedTest
  @CsvSource({"stop-partition, partition-stopped", "stop, commit"})
  void whoStopsAtADeadlineDoesNotFinish(String then, String mark) throws Exception {
    Scenario scenario =
        read(HUNG, "mode: scheduler, patience: {job-deadline: {after: 150ms, then: " + then + "}}");

    RunResult result = ScenarioRunner.simulate(scenario, 1, RunOptions.DEFAULT);

    assertThat(result.violations()).extracting(each -> each.invariant()).containsOnly("progress");
    assertThat(result.marks().get(mark)).isPositive();
  }

  /** The application finishes after the deadline what the engine has taken back already. */
  @ParameterizedTest
  @ValueSource(strings = {"scheduler", "scheduler-async", "chained", "batcher"})
  void workThatIsOnlySlowEndsWithoutBeingTold(String mode) throws Exception {
    Scenario scenario =
        read(
            HUNG.replace("10m", "400ms").replace("errors: 5%%", "errors: 30%%"),
            "mode: "
                + mode
                + ", patience: {job-deadline: {after: 100ms, then: dead-letter, topic: letters}}");

    for (long seed = 1; seed <= 5; seed++) {
      RunResult result = ScenarioRunner.simulate(scenario, seed, RunOptions.DEFAULT);

      assertThat(result.violations()).as("seed " + seed).isEmpty();
      assertThat(result.marks().get("taken-back")).isPositive();
    }
  }

  @Test
  void reportsWhatIsStuckWhereItIsNotTakenBack() throws Exception {
    Scenario scenario =
        read(HUNG.replace("10m", "300ms"), "mode: scheduler-async, patience: {stuck-after: 200ms}");

    RunResult result = ScenarioRunner.simulate(scenario, 1, RunOptions.DEFAULT);

    assertThat(result.violations()).isEmpty();
    assertThat(result.marks()).containsEntry("taken-back", 0L);
    assertThat(result.marks().get("stuck")).isPositive();
  }

  @Test
  void inRealTimeToo() throws Exception {
    Scenario scenario =
        read(
            HUNG.replace("at: 3s", "at: 1500ms").replaceAll("(?m)^faults:\n(  - .*\n)*", ""),
            "mode: scheduler" + BOTH.formatted("'dead-letter', topic: letters"));

    RunResult result = ScenarioRunner.simulateInRealTime(scenario, 1, RunOptions.DEFAULT);

    assertThat(result.violations()).isEmpty();
    assertThat(result.marks().get("taken-back")).isGreaterThan(5);
  }

  @Test
  void isWrittenAsItIsRead() {
    Scenario scenario =
        read(
            HUNG.replace("members: 2", "members: 2\n  static: true"),
            "mode: scheduler, patience: {job-deadline: {after: 2s, then: stop-partition}, give-up:"
                + " {after: 3s, then: dead-letter, topic: d}, topic-timeout: 0s,"
                + " instance-timeout: 9s}");

    String text = ScenarioWriter.write(scenario);

    assertThat(text)
        .contains(
            "patience: {job-deadline: {after: 2s, then: stop-partition}, give-up: {after: 3s,"
                + " then: dead-letter, topic: d}, stuck-after: 3s, topic-timeout: 0s,"
                + " instance-timeout: 9s}");
    assertThat(ScenarioReader.read("again", text.getBytes(UTF_8))).isEqualTo(scenario);
    assertThat(scenario.engine().work().patience().stuckAfter()).isEqualTo(Duration.ofSeconds(3));
    assertThat(scenario.engine().deadLetters()).containsExactly("d");
    assertThat(read(HUNG, "mode: sync").engine().work().patience()).isEqualTo(Patience.DEFAULT);
  }

  private static Scenario only(Scenario scenario, String... invariants) {
    return scenario.withExpect(new Expect("passed", List.of(invariants), List.of(), List.of()));
  }

  private static Scenario read(String file, String engine) {
    boolean hasScheduler = engine.matches("mode: (scheduler|chained).*");
    String limits = hasScheduler ? ", concurrency: 20" : "";
    return ScenarioReader.read("f.yaml", file.formatted(engine + limits).getBytes(UTF_8));
  }
}
