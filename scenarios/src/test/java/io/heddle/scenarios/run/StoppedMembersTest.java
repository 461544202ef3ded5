package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.result.RunResult;
import org.junit.jupiter.api.Test;

/** A member that is stopped leaves at once and in good order, unlike one that dies. */
class StoppedMembersTest {
  private static final String FILE =
      """
      scenario: stopped
      kafka: {initial-rebalance-delay: 0s}
      limits: {virtual: 3m}
      topics: {t: {partitions: 4}}
      produce: [{topic: t, count: 60, rate: 12/s, keys: {uniform: 20}}]
      group: {members: 2, config: {session.timeout.ms: 20000}}
      engine: {mode: scheduler, drain: {policy: accepted, timeout: 10s}}
      handler: {service: %s}
      faults:
        - {at: 2s, member: m1, do: %s}
      heal: {at: 20s, within: 1m}
      """;

  @Test
  void theOthersGoOnWithoutWaitingForItsSession() throws Exception {
    RunResult stopped = run("20ms", "stop-client");
    RunResult crashed = run("20ms", "crash-client");

    assertThat(stopped.response().max()).isLessThan(5_000_000);
    assertThat(crashed.response().max()).isGreaterThan(10_000_000);
    assertThat(stopped.marks()).containsEntry("redelivery", 0L).containsEntry("crash", 0L);
  }

  @Test
  void itIsNotBackBeforeItsWorkIsDone() throws Exception {
    RunResult result = run("2s", "stop-client, restart-after: 0s");

    assertThat(result.marks()).containsEntry("redelivery", 0L);
    assertThat(result.marks()).containsEntry("crash-with-work-in-flight", 0L);
    // The old process is gone: the new one has its name.
    assertThat(result.marks()).containsEntry("crash", 1L);
  }

  private static RunResult run(String service, String action) throws Exception {
    String file = FILE.formatted(service, action);
    RunResult result =
        ScenarioRunner.simulate(
            ScenarioReader.read("f.yaml", file.getBytes(UTF_8)), 3, RunOptions.DEFAULT);
    assertThat(result.violations()).isEmpty();
    assertThat(result.faults()).allSatisfy(each -> assertThat(each.fired()).isEqualTo(1));
    return result;
  }
}
