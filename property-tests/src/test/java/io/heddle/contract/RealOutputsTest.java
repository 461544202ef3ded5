package io.heddle.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.embedded.EmbeddedKafka;
import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.Verdict;
import io.heddle.scenarios.run.RealTarget;
import io.heddle.scenarios.run.RunOptions;
import io.heddle.scenarios.run.ScenarioRunner;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Outputs outside of transactions, looked for in the log of a real broker. */
class RealOutputsTest {
  private static final int RECORDS = 60;

  @Test
  void areAllThereWhenTheRunIsOver() throws Exception {
    String file =
        """
        scenario: answered
        topics: {orders: {partitions: 2}}
        produce: [{topic: orders, count: 60, rate: 200/s, keys: {uniform: 9}}]
        group: {members: 1, config: {auto.offset.reset: earliest}}
        engine: {mode: sync, outputs: {topic: answers, partitions: 3, each: 2}}
        handler: {service: 1ms, errors: 20%}
        heal: {at: 1s, within: 60s}
        limits: {virtual: 120s, wall: 120s}
        """;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(1, Map.of())) {
      RealTarget target =
          new RealTarget("embedded", kafka.bootstrapServers(), Map.of(), "-answered");

      RunResult result =
          ScenarioRunner.runForReal(
              ScenarioReader.read("answered.yaml", file.getBytes(UTF_8)),
              1,
              target,
              RunOptions.DEFAULT);

      assertThat(result.violations()).isEmpty();
      assertThat(result.records()).isEqualTo(RECORDS);
      assertThat(result.invariants())
          .filteredOn(each -> each.name().equals("outputs"))
          .singleElement()
          .satisfies(
              each -> {
                assertThat(each.verdict()).isEqualTo(Verdict.PASSED);
                assertThat(each.facts()).isEqualTo(RECORDS);
              });
    }
  }
}
