package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.result.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second process of a static member, by either protocol, and who is left in the end. */
class TwinsFromFilesTest {
  private static final String FILE =
      """
      scenario: twins
      kafka: {initial-rebalance-delay: 0s, protocol: %s}
      limits: {virtual: 3m}
      topics: {t: {partitions: 4}}
      produce: [{topic: t, count: 120, rate: 12/s, keys: {uniform: 20}}]
      group: {members: 2, static: true, config: {session.timeout.ms: 20000}}
      engine: {mode: scheduler, commit: {every: 200ms}%s}
      handler: {service: 50ms}
      faults:
      %s
      heal: {at: 12s, within: 1m}
      """;

  @Test
  void theOlderStopsAndTheYoungerGoesOnInItsPlace() throws Exception {
    RunResult result = run("classic", "", "{at: 2s, do: start-twin, member: m1, for: 5s}");

    assertThat(result.marks()).containsEntry("fenced-by-a-twin", 1L);
    assertThat(result.marks()).containsEntry("instance-refused", 0L);
    assertThat(result.response().max()).isLessThan(5_000_000);
    assertThat(result.marks()).containsEntry("crash", 1L);
  }

  @Test
  void theYoungerIsRefusedUntilTheOlderHasBeenStopped() throws Exception {
    RunResult result = run("consumer", "", "{at: 2s, do: start-twin, member: m1, for: 3s}");

    assertThat(result.marks()).containsEntry("fenced-by-a-twin", 0L);
    assertThat(result.marks().get("instance-refused")).isPositive();
    assertThat(result.marks()).containsEntry("crash", 1L);
    assertThat(result.marks()).containsEntry("lost", 0L);
    assertThat(result.marks()).containsEntry("redelivery", 0L);
  }

  @Test
  void theOlderGoesOnWhereTheYoungerHasGivenUp() throws Exception {
    RunResult result =
        run(
            "consumer",
            ", patience: {instance-timeout: 500ms}",
            "{at: 2s, do: start-twin, member: m1, for: 8s}");

    assertThat(result.marks().get("instance-refused")).isPositive();
    assertThat(result.marks()).containsEntry("kept-over-a-restart", 0L);
    assertThat(result.marks()).containsEntry("lost", 0L);
    assertThat(result.marks()).containsEntry("redelivery", 0L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void itMayBeThereToTheEndOfTheRun(String protocol) throws Exception {
    run(protocol, "", "{at: 2s, do: start-twin, member: m1, for: 2m}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void whatElseBefallsTheMemberBefallsBoth(String protocol) throws Exception {
    for (String also :
        List.of(
            "crash-client, restart-after: 1s",
            "crash-client",
            "stop-client, restart-after: 1s",
            "restart-client",
            "fence-member",
            "wake-up",
            "pause-client, for: 2s",
            "change-limits, concurrency: 1",
            "start-twin, for: 1s, may-not-fire: true")) {
      run(
          protocol,
          "",
          "{at: 2s, do: start-twin, member: m1, for: 4s}",
          "{at: 3s, member: m1, do: " + also + "}");
    }
  }

  @Test
  void isForAnyStaticMemberAndForNoOther() throws Exception {
    for (String fault :
        List.of(
            "{on: OffsetCommit, nth: 5, do: start-twin, for: 1s}",
            "{when: completed, every: 20, do: start-twin, for: 500ms}",
            "{every: 1s, do: start-twin, for: 500ms}")) {
      String file =
          FILE.formatted("classic", "", "  - " + fault)
              .replace("static: true,", "member-config: {m2: {group.instance.id: i2}},");

      RunResult result =
          ScenarioRunner.simulate(
              ScenarioReader.read("f.yaml", file.getBytes(UTF_8)), 5, RunOptions.DEFAULT);

      assertThat(result.violations()).as(fault).isEmpty();
      assertThat(result.faults()).allSatisfy(each -> assertThat(each.fired()).isPositive());
      assertThat(result.marks().get("fenced-by-a-twin"))
          .isGreaterThanOrEqualTo(result.faults().get(0).fired());
    }
  }

  /** Its join arrives, late, behind that of the next life, which is fenced by it. */
  @Test
  void whoIsFencedByARequestOfItsDeadProcessIsStartedAgain() throws Exception {
    RunResult result =
        run(
            "classic",
            "",
            "{on: JoinGroup, nth: 1, member: m2, do: {delay: 5s}}",
            "{at: 1s, do: crash-client, member: m2, restart-after: 500ms}");

    assertThat(result.marks().get("fenced-by-a-twin")).isPositive();
    assertThat(result.marks().get("crash")).isGreaterThan(1);
  }

  private static RunResult run(String protocol, String engine, String... faults) throws Exception {
    String lines = "  - " + String.join("\n  - ", faults);
    String file = FILE.formatted(protocol, engine, lines);
    RunResult result =
        ScenarioRunner.simulate(
            ScenarioReader.read("f.yaml", file.getBytes(UTF_8)), 3, RunOptions.DEFAULT);
    assertThat(result.violations()).as(String.join(", ", faults)).isEmpty();
    return result;
  }
}
