package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenarios whose application keeps a store. */
class StoreScenariosTest {
  private static final String RUN =
      """
      scenario: stored
      kafka: {brokers: 3, initial-rebalance-delay: 0s}
      topics:
        orders: {partitions: 4}
      produce:
        - {topic: orders, rate: 100/s, for: 12s, keys: {uniform: 30}}
      group:
        members: 2
        config: {session.timeout.ms: 3000, heartbeat.interval.ms: 500, auto.offset.reset: earliest}
      handler: {service: {uniform: [1ms, 30ms]}}
      heal: {at: 15s, within: 2m}
      """;

  private static RunResult run(long seed, String engine, String faults) throws Exception {
    String yaml = RUN + "engine: {store: changes, " + engine + "}\nfaults: [" + faults + "]\n";
    Scenario scenario = ScenarioReader.read("stored.yaml", yaml.getBytes(UTF_8));
    return ScenarioRunner.simulate(scenario, seed, RunOptions.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{at: 3s, do: crash-broker, broker: 0, restart-after: 3s}",
        "{every: 3s, do: shut-down-broker, restart-after: 1s}",
        "{every: 2s, jitter: 500ms, do: move-leader}",
        "{every: 3s, do: move-coordinator, loading: 200ms}",
        "{every: 2s, do: restart-client}, {every: 3s, do: delay-markers, by: 2s, for: 1s}",
        "{every: 3s, do: pause-client, for: 4s}",
        "{every: 2s, do: rebalance}, {on: TxnOffsetCommit, every: 9, do: {error:"
            + " TRANSACTION_ABORTABLE}}",
        "{every: 2s, do: partition-network, for: 3s}",
        "{every: 2s, do: rebalance}, {on: ListOffsets, probability: 30%, do: drop-request}",
        "{every: 2s, do: rebalance}, {on: Fetch, probability: 20%, do: {error:"
            + " NOT_LEADER_OR_FOLLOWER}}"
      })
  void exactlyOnceAStoreIsAsIfNothingHadHappened(String faults) throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      RunResult result = run(seed, "exactly-once: {timeout: 2s}", faults);

      assertThat(result.violations()).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{every: 2s, do: rebalance}",
        "{every: 3s, do: restart-client}",
        "{at: 3s, do: crash-broker, broker: 0, restart-after: 3s}",
        "{every: 2s, jitter: 500ms, do: move-leader}"
      })
  void atLeastOnceAStoreThatKnowsRepetitionsIsAsIfNothingHadHappened(String faults)
      throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      RunResult result = run(seed, "mode: scheduler-async", faults);

      assertThat(result.violations()).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void theGuardCatchesAnApplicationThatKeepsNoOrder(boolean exactlyOnce) throws Exception {
    RunResult result =
        run(1, "mode: naive" + (exactlyOnce ? ", exactly-once: {timeout: 2s}" : ""), "");

    assertThat(result.violations())
        .filteredOn(violation -> violation.invariant().equals("progress"))
        .singleElement()
        .satisfies(violation -> assertThat(violation.message()).contains("StoreAccessException"));
  }

  @Test
  void withoutAStoreThereIsNothingToAskOfIt() throws Exception {
    Scenario plain = ScenarioReader.read("stored.yaml", RUN.getBytes(UTF_8));

    assertThat(plain.expect().invariants()).doesNotContain("store");
    assertThat(run(1, "mode: sync", "").invariants())
        .anyMatch(invariant -> invariant.name().equals("store"));
  }
}
