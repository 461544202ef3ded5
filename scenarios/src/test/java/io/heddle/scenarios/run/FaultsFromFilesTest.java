package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.file.ScenarioWriter;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.RunResult.FaultResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault that a file can name fires, and the engine comes through it. */
class FaultsFromFilesTest {
  private static final String RUN =
      """
      scenario: each
      kafka: {brokers: 3, initial-rebalance-delay: 0s}
      topics:
        orders: {partitions: 4, config: {cleanup.policy: "compact,delete"}}
      produce:
        - {topic: orders, rate: 100/s, for: 12s, keys: {uniform: 30}}
      group:
        members: 2
        config: {session.timeout.ms: 6000, heartbeat.interval.ms: 1000, auto.offset.reset: earliest}
      handler: {service: 2ms}
      heal: {at: 15s, within: 2m}
      faults:
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{on: Fetch, every: 5, do: duplicate}",
        "{on: OffsetCommit, times: 3, do: duplicate}",
        "{on: OffsetCommit, nth: 2, do: disconnect}",
        "{on: Produce, once: true, do: disconnect}",
        "{on: Produce, nth: 3, do: {throttle: 2s}}",
        "{on: Fetch, probability: 20%, do: {throttle: {uniform: [10ms, 1s]}}}",
        "{on: OffsetCommit, nth: 2, do: hold, barrier: b}",
        "{on: Heartbeat, nth: 3, do: {delay: 900ms}}",
        "{on: JoinGroup, once: true, do: drop-request}",
        "{on: OffsetFetch, once: true, do: apply-then-drop}",
        "{on: OffsetCommit, times: 4, do: {error: COORDINATOR_LOAD_IN_PROGRESS}}",
        "{at: 3s, do: rebalance}",
        "{at: 3s, do: pause-client, member: m1, for: 7s}",
        "{at: 3s, do: crash-client, member: any, restart-after: 2s}",
        "{at: 3s, do: restart-client, member: m2}",
        "{at: 3s, do: stop-client, member: m1}",
        "{every: 2s, jitter: 500ms, do: stop-client, restart-after: 1s}",
        "{when: started, nth: 100, do: stop-client, restart-after: 0s}",
        "{at: 3s, do: fence-member, member: m2}",
        "{at: 3s, do: skew-clock, member: m1, ahead: 5m}",
        "{at: 3s, do: skew-clock, member: any, behind: 1h}",
        "{at: 3s, do: wake-up, member: m1}",
        "{every: 150ms, do: wake-up}",
        "{on: OffsetCommit, do: wake-up}",
        "{on: JoinGroup, do: wake-up}",
        "{on: SyncGroup, do: wake-up}",
        "{on: OffsetFetch, do: wake-up}",
        "{at: 3s, do: skew-clock, member: m2, gains: 200ms}",
        "{at: 3s, do: skew-clock, member: m2, loses: 999ms}",
        "{every: 4s, do: skew-clock, swings: 3h, period: 1500ms}",
        "{at: 3s, do: partition-network, member: m1, for: 4s}",
        "{at: 3s, do: partition-network, member: m1, broker: 0, for: 4s}",
        "{at: 3s, do: change-limits, member: m1, concurrency: 1, queue-depth: 2}",
        "{every: 1s, jitter: 300ms, do: change-limits, member: all, max-keys: 3}",
        "{when: started, nth: 100, do: change-limits, concurrency: 9}",
        "{on: Fetch, nth: 30, do: change-limits, member: m2, queue-depth: 1}",
        "{at: 3s, do: crash-broker, broker: 0, restart-after: 3s}",
        "{at: 3s, do: crash-broker}",
        "{every: 3s, do: shut-down-broker, restart-after: 1s}",
        "{at: 3s, do: restart-broker, broker: 1}",
        "{every: 2s, jitter: 500ms, do: move-leader}",
        "{at: 3s, do: move-leader, topic: orders, partition: 2, broker: any}",
        "{on: Fetch, nth: 20, do: move-leader}",
        "{on: Produce, nth: 5, do: move-leader, partition: 0}",
        "{at: 3s, do: move-coordinator, loading: 2s}",
        "{on: OffsetCommit, nth: 2, do: move-coordinator}",
        "{at: 5s, do: truncate, records: 20}",
        "{at: 5s, do: truncate, topic: orders, partition: 1, records: 5}",
        "{at: 5s, do: expire, keep: 3}",
        "{at: 8s, do: compact}",
        "{at: 8s, do: expire-producers, partition: 3}",
        "{at: 3s, do: add-partitions, topic: orders, to: 6}",
        "{at: 6s, do: recreate-topic, topic: orders}",
        "{at: 14s, do: delete-topic, topic: orders}",
        "{when: revoking, do: crash-client, restart-after: 1s}",
        "{when: assigned, nth: 2, do: pause-client, for: 1s}",
        "{when: started, nth: 100, member: m1, do: crash-client, restart-after: 1s}",
        "{when: ended, nth: 100, do: fence-member}",
        "{when: completed, every: 200, do: rebalance}",
        "{when: committed, nth: 3, do: move-coordinator, loading: 1s}",
        "{when: appended, nth: 300, do: truncate, records: 2}",
      })
  void firesAndTheEngineComesThrough(String fault) throws Exception {
    String more = fault.startsWith("{when: revoking") ? "  - {at: 2s, do: rebalance}\n" : "";
    RunResult result = run(RUN + "  - " + fault + "\n" + more, 7);

    assertThat(result.violations()).isEmpty();
    assertThat(result.faults()).allSatisfy(each -> assertThat(each.fired()).isPositive());
  }

  @Test
  void holdsRequestsUntilTheyAreReleased() throws Exception {
    RunResult result =
        run(
            RUN
                + """
                  - {name: held, on: OffsetCommit, between: [2s, 15s], do: hold, barrier: b}
                  - {name: let-go, at: 6s, do: release, barrier: b}
                """,
            3);

    assertThat(result.violations()).isEmpty();
    assertThat(result.faults()).extracting(FaultResult::name).containsExactly("held", "let-go");
    assertThat(result.faults()).allSatisfy(each -> assertThat(each.fired()).isPositive());
  }

  @Test
  void patienceLetsAFaultWaitForWhatItNeeds() throws Exception {
    RunResult result = run(RUN + "  - {at: 0s, do: truncate, partition: 2, records: 1}\n", 3);

    assertThat(result.faults().get(0).fired()).isEqualTo(1);
  }

  @Test
  void aFaultWithoutAnythingToBefallIsReported() throws Exception {
    Scenario scenario =
        scenario(RUN.replace("compact,delete", "delete") + "  - {at: 1s, do: compact}\n");
    RunResult result = ScenarioRunner.simulate(scenario, 1, RunOptions.DEFAULT);

    assertThat(result.violations())
        .extracting(RunResult.Violation::invariant)
        .containsExactly("unfired:compact-1");
  }

  private static RunResult run(String text, long seed) throws Exception {
    Scenario scenario = scenario(text);
    assertThat(scenario(ScenarioWriter.write(scenario))).isEqualTo(scenario);
    return ScenarioRunner.simulate(scenario, seed, RunOptions.DEFAULT);
  }

  private static Scenario scenario(String text) {
    return ScenarioReader.read("f.yaml", text.getBytes(UTF_8));
  }
}
