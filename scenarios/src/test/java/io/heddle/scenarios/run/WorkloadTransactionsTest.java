package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.file.ScenarioWriter;
import io.heddle.scenarios.load.LoadPlan;
import io.heddle.scenarios.load.LoadRun;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import java.util.List;
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

  @Test
  void aLoadIsSentWithoutThem() {
    Scenario scenario = read(ALL, "read_committed", "", "");

    assertThatThrownBy(() -> LoadRun.of(LoadPlan.DEFAULT, scenario, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a load is sent without transactions, and a workload of transactions has some: leave"
                + " them out");
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
