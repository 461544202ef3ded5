package io.heddle.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.embedded.EmbeddedKafka;
import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.run.RealTarget;
import io.heddle.scenarios.run.RunOptions;
import io.heddle.scenarios.run.ScenarioRunner;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Transactions of workloads, and records that are taken back, on a real broker. */
@TestInstance(Lifecycle.PER_CLASS)
class RealTransactionsTest {
  private static final int RECORDS = 150;

  private static final String FILE =
      """
      scenario: transacted
      topics: {orders: {partitions: 2}}
      produce:
        - topic: orders
          count: 150
          rate: 200/s
          keys: {uniform: 9}
          transactions: {records: 5, aborted: 30%%, hanging: 10%%, timeout: 1s}
      group: {members: 1, config: {auto.offset.reset: earliest, isolation.level: %s}}
      engine: {mode: scheduler-async, drain: {timeout: 1s}%s}
      handler: {service: 1ms%s}
      heal: {at: 1s, within: 60s}
      limits: {virtual: 120s, wall: 120s}
      """;

  private EmbeddedKafka kafka;

  @BeforeAll
  void start() throws Exception {
    // Brokers look for transactions that are open for too long every ten seconds.
    kafka =
        EmbeddedKafka.start(
            1, Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200"));
  }

  @AfterAll
  void stop() throws Exception {
    kafka.close();
  }

  @Test
  void whoReadsCommittedRecordsIsGivenNoOthers() throws Exception {
    RunResult result = run("committed", FILE.formatted("read_committed", "", ""));

    assertThat(result.violations()).isEmpty();
    assertThat(result.records()).isBetween(60L, RECORDS - 20L);
  }

  @Test
  void whoReadsAllRecordsIsGivenAll() throws Exception {
    RunResult result = run("all", FILE.formatted("read_uncommitted", "", ""));

    assertThat(result.violations()).isEmpty();
    assertThat(result.records()).isEqualTo(RECORDS);
  }

  @Test
  void whatHangsIsTakenBack() throws Exception {
    String patience =
        ", patience: {job-deadline: {after: 200ms, then: dead-letter, topic: letters}, give-up:"
            + " {after: 1s, then: skip}}";

    RunResult result =
        run("hung", FILE.formatted("read_committed", patience, ", slow: {key: k0, service: 1h}"));

    assertThat(result.violations()).isEmpty();
  }

  private RunResult run(String name, String file) throws Exception {
    return ScenarioRunner.runForReal(
        ScenarioReader.read(name + ".yaml", file.getBytes(UTF_8)),
        1,
        new RealTarget("embedded", kafka.bootstrapServers(), Map.of(), "-" + name),
        RunOptions.DEFAULT);
  }
}
