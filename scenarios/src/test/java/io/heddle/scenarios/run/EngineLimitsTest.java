package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.file.ScenarioWriter;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a partition may be under way, from a file. */
class EngineLimitsTest {
  /** 600 bytes of values are there at once; k5 holds up the commits of what is behind it. */
  private static final String FILE =
      """
      scenario: limits
      kafka: {initial-rebalance-delay: 0s}
      topics: {t: {partitions: 1}}
      produce: [{topic: t, count: 30, arrival: burst, keys: {sequential: 30}, size: 20B}]
      group: {config: {max.poll.records: 3}}
      engine: {mode: scheduler, concurrency: 30%s}
      handler: {service: 50ms, slow: {key: k5, service: 1s}}
      heal: {at: 2s, within: 20s}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-in-flight: 4 | paused-for-in-flight",
        "max-in-flight-bytes: 100B | paused-for-in-flight-bytes",
        "max-behind-gap: 5 | paused-for-commit-gap",
      })
  void aLimitThatIsReachedStopsIntakeAndLetsEverythingThroughInTheEnd(String limit, String mark)
      throws Exception {
    RunResult limited = run(", " + limit);
    RunResult free = run("");

    assertThat(limited.violations()).isEmpty();
    assertThat(limited.records()).isEqualTo(30);
    assertThat(limited.marks()).hasEntrySatisfying(mark, hits -> assertThat(hits).isPositive());
    assertThat(free.marks()).containsEntry(mark, 0L);
  }

  /** What k5 holds up is named in the metadata, unless there is no room for it. */
  @ParameterizedTest
  @CsvSource({"0B, false", "4KB, true", "5KB, true"})
  void metadataNamesWhatIsCompleteBehindAGap(String bytes, boolean named) throws Exception {
    RunResult result = run(", commit: {every: 100ms, metadata: " + bytes + "}");

    assertThat(result.violations()).isEmpty();
    assertThat(result.marks().getOrDefault("commit-behind-a-gap", 0L) > 0).isEqualTo(named);
  }

  @ParameterizedTest
  @CsvSource({"'', false", "', attempts: 3', true"})
  void aMemberStopsWhenSoManyCommitsHaveFailed(String attempts, boolean stops) throws Exception {
    Scenario scenario =
        ScenarioReader.read(
            "f.yaml",
            (FILE.formatted(", commit: {every: 100ms" + attempts + "}")
                    + "faults: [{on: OffsetCommit, times: 9,"
                    + " do: {error: COORDINATOR_LOAD_IN_PROGRESS}}]\n")
                .getBytes(UTF_8));

    RunResult result = ScenarioRunner.simulate(scenario, 1, RunOptions.DEFAULT);

    assertThat(result.marks().get("commit-failed")).isGreaterThan(1);
    assertThat(String.valueOf(result.violations()).contains("m1 stopped by itself"))
        .as(String.valueOf(result.violations()))
        .isEqualTo(stops);
    assertThat(result.violations().isEmpty()).isEqualTo(!stops);
  }

  @Test
  void aMemberWaitsBetweenCommitsThatFail() throws Exception {
    String faults =
        "faults: [{on: OffsetCommit, probability: 100%,"
            + " do: {error: COORDINATOR_LOAD_IN_PROGRESS}}]\n";
    long[] failed = new long[2];
    for (int i = 0; i < failed.length; i++) {
      String backoff = i == 0 ? "{first: 10ms, multiplier: 1, jitter: 0%}" : "1s";
      String more = ", commit: {every: 50ms, backoff: " + backoff + "}";
      RunResult result =
          ScenarioRunner.simulate(
              ScenarioReader.read("f.yaml", (FILE.formatted(more) + faults).getBytes(UTF_8)),
              1,
              RunOptions.DEFAULT);
      assertThat(result.violations()).isEmpty();
      failed[i] = result.marks().getOrDefault("commit-failed", 0L);
    }

    assertThat(failed[0]).isGreaterThan(5 * failed[1]);
    assertThat(failed[1]).isPositive();
  }

  @Test
  void isWrittenAsItIsRead() {
    Scenario scenario =
        read(
            ", max-in-flight: 7, max-in-flight-bytes: 1_500B, max-behind-gap: 1_000,"
                + " commit: {timeout: 3s, attempts: 7, metadata: 100B}");

    String text = ScenarioWriter.write(scenario);

    assertThat(text)
        .contains(
            "  commit: {every: 500ms, timeout: 3s, attempts: 7, backoff: 100ms, metadata: 100B}\n",
            "  max-in-flight: 7\n  max-in-flight-bytes: 1500B\n  max-behind-gap: 1000\n");
    assertThat(ScenarioReader.read("again", text.getBytes(UTF_8))).isEqualTo(scenario);
  }

  private static RunResult run(String more) throws Exception {
    return ScenarioRunner.simulate(read(more), 1, RunOptions.DEFAULT);
  }

  private static Scenario read(String more) {
    return ScenarioReader.read("f.yaml", FILE.formatted(more).getBytes(UTF_8));
  }
}
