package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.file.ScenarioWriter;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of a store in a file, and what it does. */
class StoreSettingsTest {
  private static final String RUN =
      """
      scenario: stored
      kafka: {brokers: 3, initial-rebalance-delay: 0s}
      topics: {orders: {partitions: 4}}
      produce: [{topic: orders, rate: 60/s, for: 8s, keys: {uniform: 20}}]
      group: {members: 2, config: {session.timeout.ms: 3000, heartbeat.interval.ms: 500}}
      handler: {service: {uniform: [1ms, 20ms]}}
      heal: {at: 10s, within: 1m}
      limits: {virtual: 2m}
      engine: {store: %s}
      faults: [%s]
      """;
  private static final String RESTARTS = "{every: 2s, do: restart-client}";

  private static Scenario scenario(String store, String faults) {
    return ScenarioReader.read("f.yaml", RUN.formatted(store, faults).getBytes(UTF_8));
  }

  private static RunResult run(long seed, String store, String faults) throws Exception {
    return ScenarioRunner.simulate(scenario(store, faults), seed, RunOptions.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", exactly-once: {timeout: 2s}"})
  void aStoreOnADiskIsThereAfterARestart(String more) throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      RunResult onDisk = run(seed, "{change-log: changes, on: disk}" + more, RESTARTS);
      RunResult inMemory = run(seed, "changes" + more, RESTARTS);

      assertThat(onDisk.violations()).as("seed %d", seed).isEmpty();
      assertThat(onDisk.marks().get("store-kept")).as("seed %d", seed).isPositive();
      assertThat(inMemory.violations()).as("seed %d", seed).isEmpty();
      assertThat(inMemory.marks()).containsEntry("store-kept", 0L);
      assertThat(inMemory.marks().get("store-restored")).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{every: 3s, do: pause-client, for: 2s}",
        "{every: 2s, jitter: 500ms, do: move-leader}, {every: 3s, do: restart-client}",
        "{every: 1s, do: rebalance}, {on: Produce, probability: 10%, do: apply-then-drop}"
      })
  void aStoreOnADiskHoldsUnderFaults(String faults) throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      for (String more : new String[] {"", ", exactly-once: {timeout: 2s}"}) {
        RunResult result = run(seed, "{change-log: changes, on: disk}" + more, faults);

        assertThat(result.violations()).as("seed %d%s", seed, more).isEmpty();
      }
    }
  }

  /** At least once, a member that is given up without knowing it may write old values. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{every: 2s, do: partition-network, for: 3s}",
        "{every: 3s, do: pause-client, for: 4s}"
      })
  void aStoreOnADiskHoldsExactlyOnceWhenMembersAreGivenUp(String faults) throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      RunResult result =
          run(seed, "{change-log: changes, on: disk}, exactly-once: {timeout: 2s}", faults);

      assertThat(result.violations()).as("seed %d", seed).isEmpty();
    }
  }

  /** A place that is older than half of the time is not trusted: the store begins anew. */
  @ParameterizedTest
  @CsvSource({"1, false", "600000, true"})
  void aDiskIsOfUseOnlyWhileTombstonesAreKept(String millis, boolean kept) throws Exception {
    RunResult result =
        run(
            1,
            "{change-log: changes, on: disk, config: {delete.retention.ms: " + millis + "}}",
            RESTARTS);

    assertThat(result.violations()).isEmpty();
    assertThat(result.marks().getOrDefault("store-kept", 0L) > 0).isEqualTo(kept);
  }

  /**
   * A broker is gone until faults end, in good order; without another replica its partitions have
   * no leader.
   */
  @ParameterizedTest
  @CsvSource({"true, 1, 3, true", "true, 3, 3, false", "false, 3, 3, false", "true, 3, 1, true"})
  void changeLogAndTopicHaveSoManyReplicas(boolean create, int ofStore, int ofTopic, boolean waits)
      throws Exception {
    String text =
        RUN.replace("partitions: 4", "partitions: 4, replication: " + ofTopic)
                .formatted(
                    "{change-log: c, create: " + create + ", replication: " + ofStore + "}",
                    "{at: 2s, do: shut-down-broker, broker: 1, restart-after: 20s}")
            + "expect: {thresholds: [{metric: max_lag, value: <100}]}\n";
    RunResult result =
        ScenarioRunner.simulate(
            ScenarioReader.read("f.yaml", text.getBytes(UTF_8)), 1, RunOptions.DEFAULT);

    assertThat(result.violations().stream().map(RunResult.Violation::invariant).toList())
        .isEqualTo(waits ? List.of("threshold:max_lag") : List.of());
  }

  @ParameterizedTest
  @CsvSource({"true, progress", "false, store"})
  void withoutTheGuardTheStoreIsWrongRatherThanTheMemberStopped(boolean guard, String broken)
      throws Exception {
    RunResult result =
        run(1, "{change-log: changes, create: true, guard: " + guard + "}, mode: naive", "");

    assertThat(result.violations()).anyMatch(each -> each.invariant().equals(broken));
    assertThat(result.violations().toString().contains("StoreAccessException")).isEqualTo(guard);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "store: s",
        "store: {change-log: s, on: disk, create: false, guard: true}",
        "store: {change-log: s, on: memory, create: true, replication: 2, config:"
            + " {segment.ms: \"50\"}, guard: false}"
      })
  void isWrittenAsItIsRead(String store) {
    Scenario scenario =
        ScenarioReader.read(
            "f.yaml", RUN.replace("{store: %s}", "{" + store + "}").formatted("").getBytes(UTF_8));

    String text = ScenarioWriter.write(scenario);

    assertThat(text.replace("\"50\"", "50")).contains("  " + store.replace("\"50\"", "50") + "\n");
    assertThat(ScenarioReader.read("again", text.getBytes(UTF_8))).isEqualTo(scenario);
  }

  @Test
  void withTransactionsNothingIsSaidOfTheGuard() {
    Scenario scenario = scenario("{change-log: s, on: disk}, exactly-once: {}", "");

    String text = ScenarioWriter.write(scenario);

    assertThat(text).contains("  store: {change-log: s, on: disk, create: false}\n");
    assertThat(ScenarioReader.read("again", text.getBytes(UTF_8))).isEqualTo(scenario);
  }
}
