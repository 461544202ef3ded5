package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.report.RunHistory;
import io.heddle.scenarios.result.RunResult;
import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClosedLoopWorkloadTest {
  private final List<Fact.Appended> sent = new ArrayList<>();
  private int underWay;
  private int most;

  private static Scenario scenario(String workload, String more) {
    return ScenarioReader.read(
        "f.yaml",
        """
        scenario: closed
        kafka: {initial-rebalance-delay: 0s}
        topics: {orders: {partitions: 2}}
        produce: [{topic: orders, keys: {uniform: 20}, %s}]
        group: {members: 2, config: {session.timeout.ms: 2000, heartbeat.interval.ms: 400, request.timeout.ms: 1000, default.api.timeout.ms: 4000, fetch.max.wait.ms: 100}}
        engine: {concurrency: 8, commit: {every: 100ms}}
        handler: {service: {uniform: [5ms, 20ms]}}
        %s
        heal: {at: 10s, within: 60s}
        """
            .formatted(workload, more)
            .getBytes(UTF_8));
  }

  private RunResult run(Scenario scenario, long seed) throws Exception {
    Set<String> open = new HashSet<>();
    return ScenarioRunner.simulate(
        scenario,
        seed,
        RunOptions.DEFAULT.withHistory(
            new RunHistory(
                fact -> {
                  if (fact instanceof Fact.Appended record) {
                    sent.add(record);
                    open.add(record.partition() + "@" + record.offset());
                  } else if (fact instanceof Fact.Completed record) {
                    open.remove(record.partition() + "@" + record.offset());
                  }
                  underWay = open.size();
                  most = Math.max(most, underWay);
                })));
  }

  @Test
  void keepsAsManyRecordsUnderWayAsItsClientsHaveRoomFor() throws Exception {
    RunResult result = run(scenario("count: 300, arrival: {clients: 3, outstanding: 2}", ""), 1);

    assertThat(result.violations()).isEmpty();
    assertThat(sent).hasSize(300);
    assertThat(most).isEqualTo(6);
  }

  @Test
  void aClientThinksBeforeItSendsAgain() throws Exception {
    RunResult result =
        run(
            scenario("count: 40, arrival: {outstanding: 1, think: {uniform: [90ms, 110ms]}}", ""),
            2);

    assertThat(result.violations()).isEmpty();
    assertThat(
            IntStream.range(1, sent.size())
                .mapToLong(i -> sent.get(i).atNanos() - sent.get(i - 1).atNanos()))
        .hasSize(39)
        .allMatch(gap -> gap > 95_000_000L);
  }

  @Test
  void endsWhenItsTimeIsUp() throws Exception {
    RunResult result =
        run(scenario("for: 2s, start-at: 1s, arrival: {outstanding: 4, think: 10ms}", ""), 3);

    assertThat(result.violations()).isEmpty();
    assertThat(sent).hasSizeGreaterThan(50);
    assertThat(sent.get(0).atNanos()).isGreaterThanOrEqualTo(1_000_000_000L);
    assertThat(sent.get(sent.size() - 1).atNanos()).isLessThan(3_100_000_000L);
  }

  @Test
  void goesOnAfterCrashesOfMembersAndLosesNothing() throws Exception {
    String crash = "faults: [{at: 1s, do: crash-client, member: m2, restart-after: 500ms}]";
    Scenario scenario = scenario("count: 200, arrival: {clients: 2, outstanding: 4}", crash);
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(run(scenario, seed).violations()).as("seed " + seed).isEmpty();
    }
  }

  /** Nobody will ever complete what a log has lost. */
  @Test
  void doesNotWaitForRecordsThatTheirLogHasLost() throws Exception {
    String loss =
        "faults: [{on: Fetch, between: [900ms, 1600ms], do: drop-request},"
            + " {at: 1500ms, do: truncate, records: 1}]\n"
            + "expect: {invariants: [at-least-once, progress]}";
    Scenario scenario = scenario("count: 20, arrival: {outstanding: 1, think: 300ms}", loss);
    for (long seed = 1; seed <= 6; seed++) {
      RunResult result = run(scenario, seed);

      assertThat(result.violations()).as("seed " + seed).isEmpty();
      assertThat(result.marks()).as("seed " + seed).containsKey("truncated");
    }
  }

  @Test
  void isTheSameHistoryForTheSameSeed() throws Exception {
    Scenario scenario =
        scenario(
            "count: 100, arrival: {clients: 2, outstanding: 3, think: {exponential: 5ms}}", "");

    String first = String.valueOf(run(scenario, 7).traceHash());

    assertThat(run(scenario, 7).traceHash()).isEqualTo(first);
    assertThat(run(scenario, 8).traceHash()).isNotEqualTo(first);
  }

  @Test
  void runsInRealTimeToo() throws Exception {
    RunResult result =
        ScenarioRunner.simulateInRealTime(
            scenario("count: 40, arrival: {clients: 2, outstanding: 3, think: 1ms}", "")
                .withHeal(
                    new io.heddle.scenarios.model.Heal(
                        java.time.Duration.ofMillis(500), java.time.Duration.ofSeconds(30))),
            1,
            RunOptions.DEFAULT);

    assertThat(result.violations()).isEmpty();
    assertThat(result.records()).isEqualTo(40);
  }
}
