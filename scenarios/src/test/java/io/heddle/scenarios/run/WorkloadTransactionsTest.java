package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.file.ScenarioWriter;
import io.heddle.scenarios.load.LoadMeasurements;
import io.heddle.scenarios.load.LoadPlan;
import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.load.LoadRun;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.RunResult.LatencySummary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that come in transactions, not all of which are committed. */
class WorkloadTransactionsTest {
  private static final String FILE =
      """
      scenario: transactions
      kafka: {brokers: 2, initial-rebalance-delay: 0s}
      limits: {virtual: 90s}
      topics: {t: {partitions: 3}}
      produce:
        - {topic: t, count: 120, rate: 60/s, keys: {uniform: 9}%s}
      group:
        members: 2
        config: {isolation.level: %s, session.timeout.ms: 2000, heartbeat.interval.ms: 400}
      engine: {mode: scheduler, drain: {timeout: 300ms}%s}
      handler: {service: {uniform: [1ms, 20ms]}}
      faults:
        - {name: crash, at: 700ms, do: crash-client, member: m2, restart-after: 300ms}
      %s
      heal: {at: 4s, within: 60s}
      """;

  private static final String ALL =
      ", transactions: {records: 5, aborted: 30%, hanging: 10%, timeout: 2s}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "read_committed | ''",
        "read_uncommitted | ''",
        "read_committed | ', exactly-once: {timeout: 3s}'",
        "read_committed | ', store: s'",
      })
  void membersSeeWhatIsCommittedAndEverythingEnds(String isolation, String more) throws Exception {
    for (long seed = 1; seed <= 10; seed++) {
      RunResult result = run(ALL, isolation, more, "", seed);

      assertThat(result.violations()).as("seed " + seed).isEmpty();
      assertThat(result.records()).isEqualTo(120);
      assertThat(result.marks().get("input-aborted")).isPositive();
    }
  }

  @Test
  void whoReadsCommittedRecordsIsNotGivenTheOthersAndWaitsForThoseThatHang() throws Exception {
    RunResult committed = inPeace("read_committed");
    RunResult all = inPeace("read_uncommitted");

    assertThat(all.service().count()).isEqualTo(120);
    assertThat(committed.service().count()).isBetween(40L, 100L);
    // The stable offset stands still for the two seconds of a transaction that nobody ends.
    assertThat(committed.response().max()).isGreaterThan(1_900_000);
    assertThat(all.response().max()).isLessThan(1_900_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  - {on: EndTxn, probability: 20%, do: {error: INVALID_PRODUCER_EPOCH}}",
        "  - {on: EndTxn, probability: 20%, do: {error: CONCURRENT_TRANSACTIONS}}",
        "  - {on: EndTxn, probability: 20%, do: apply-then-drop}",
        "  - {on: Produce, probability: 10%, do: drop-request}",
        "  - {on: InitProducerId, probability: 30%, do: drop-request, may-not-fire: true}",
        "  - {at: 1s, do: move-coordinator, loading: 1s}",
      })
  void whatKafkaDoesNotLetBeCommittedIsNoFault(String fault) throws Exception {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(run(ALL, "read_committed", "", fault, seed).violations())
          .as("seed " + seed)
          .isEmpty();
    }
  }

  @Test
  void aTransactionOfEverythingIsSeenAtTheEnd() throws Exception {
    RunResult plain = run("", "read_committed", "", "", 3);
    RunResult whole = run(", transactions: {records: 1000}", "read_committed", "", "", 3);

    assertThat(plain.marks()).containsEntry("input-aborted", 0L);
    assertThat(whole.violations()).isEmpty();
    assertThat(whole.service().count()).isGreaterThanOrEqualTo(120);
    // All of them are committed at the end, when the last one has been sent.
    assertThat(whole.response().max()).isGreaterThan(1_900_000);
  }

  @Test
  void isWrittenAsItIsRead() {
    Scenario scenario = read(", transactions: {records: 7, aborted: 5%}", "read_committed", "", "");

    String text = ScenarioWriter.write(scenario);

    assertThat(text).contains("transactions: {records: 7, aborted: 5%, hanging: 0%, timeout: 10s}");
    assertThat(ScenarioReader.read("again", text.getBytes(UTF_8))).isEqualTo(scenario);
  }

  /** A hundred records a second in tens: each waits for the others, 45 ms on average. */
  @Test
  void underLoadTheTimeInAnOpenTransactionCounts() throws Exception {
    LoadResult plain = loaded("", "read_committed");
    LoadResult committed = loaded(", transactions: {records: 10}", "read_committed");
    LoadResult aborted = loaded(", transactions: {records: 10, aborted: 20%}", "read_committed");
    LoadResult seen = loaded(", transactions: {records: 10, aborted: 20%}", "read_uncommitted");

    assertThat(stages(plain)).doesNotContain("open");
    assertThat(stages(committed)).containsSubsequence("send", "open", "wait", "work");
    assertThat(stages(seen)).doesNotContain("open");
    LatencySummary open =
        committed.measurements().stages().stream()
            .filter(each -> each.stage().equals("open"))
            .findFirst()
            .orElseThrow()
            .latency();
    assertThat(open.count()).isEqualTo(committed.run().response().count());
    assertThat(open.p50()).isBetween(30_000L, 70_000L);
    assertThat(committed.run().response().p50())
        .isGreaterThan(plain.run().response().p50() + 30_000);
    assertThat(committed.measurements().uncommitted()).isZero();
    assertThat(aborted.measurements().uncommitted()).isBetween(50L, 400L);
    assertThat(aborted.run().response().count() + aborted.measurements().uncommitted())
        .isEqualTo(1_000);
    assertThat(aborted.measurements().achievedRate()).isLessThan(95);
    assertThat(seen.run().response().count()).isEqualTo(1_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {", exactly-once: {timeout: 3s}", ", store: s"})
  void underLoadMembersHaveTransactionsOfTheirOwn(String engine) throws Exception {
    LoadResult result =
        loaded(", transactions: {records: 10, aborted: 20%}", "read_committed", engine);

    assertThat(result.run().response().count() + result.measurements().uncommitted())
        .isEqualTo(1_000);
  }

  @Test
  void underLoadThereIsTimeForTransactionsThatHang() throws Exception {
    LoadResult result =
        loaded(", transactions: {records: 10, hanging: 5%, timeout: 30s}", "read_committed");

    assertThat(result.measurements().uncommitted()).isPositive();
    assertThat(result.run().response().max()).isGreaterThan(25_000_000);
  }

  @Test
  void aClosedLoopIsRefused() {
    Scenario scenario = read(ALL, "read_committed", "", "");
    LoadPlan closed =
        new LoadPlan(
            OptionalDouble.empty(),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(1),
            1,
            false,
            4,
            true);

    assertThatThrownBy(() -> LoadRun.of(closed, scenario, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a closed loop waits for records, and those of an open transaction are not there to be"
                + " read: a workload of transactions has transactions, so give a rate");
  }

  private static LoadResult loaded(String transactions, String isolation) throws Exception {
    return loaded(transactions, isolation, "");
  }

  private static LoadResult loaded(String transactions, String isolation, String engine)
      throws Exception {
    LoadPlan plan =
        new LoadPlan(
            OptionalDouble.of(100),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(10),
            1,
            false,
            0,
            true);
    Scenario scenario = read(transactions, isolation, engine, "").withFaults(List.of());
    LoadResult result =
        ScenarioRunner.load(scenario, 1, plan, Optional.empty(), 0, RunOptions.DEFAULT);
    assertThat(result.run().violations()).isEmpty();
    return result;
  }

  private static List<String> stages(LoadResult result) {
    return result.measurements().stages().stream().map(LoadMeasurements.OfStage::stage).toList();
  }

  private static RunResult inPeace(String isolation) throws Exception {
    Scenario scenario = read(ALL, isolation, "", "").withFaults(List.of());
    RunResult result = ScenarioRunner.simulate(scenario, 1, RunOptions.DEFAULT);
    assertThat(result.violations()).isEmpty();
    return result;
  }

  private static RunResult run(
      String transactions, String isolation, String engine, String fault, long seed)
      throws Exception {
    return ScenarioRunner.simulate(
        read(transactions, isolation, engine, fault), seed, RunOptions.DEFAULT);
  }

  private static Scenario read(String transactions, String isolation, String engine, String fault) {
    String commits = engine.contains("exactly-once") ? "" : ", commit: {every: 100ms}";
    return ScenarioReader.read(
        "f.yaml", FILE.formatted(transactions, isolation, engine + commits, fault).getBytes(UTF_8));
  }
}
