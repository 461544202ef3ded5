package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenarios whose application answers each record without transactions. */
class OutputsScenariosTest {
  private static final String RUN =
      """
      scenario: answered
      kafka: {brokers: 1, initial-rebalance-delay: 0s}
      limits: {virtual: 2m}
      topics: {orders: {partitions: 3}}
      produce: [{topic: orders, count: 100, rate: 50/s, keys: {uniform: 9}}]
      group:
        members: 2
        config: {session.timeout.ms: 3000, heartbeat.interval.ms: 500}
      engine:
        mode: %s
        commit: {every: 50ms}
      %s
        outputs: {topic: answers, partitions: 2, each: 2}
        producer-config:
          {enable.idempotence: false, retries: 0, request.timeout.ms: 300, delivery.timeout.ms: 400}
      handler: {service: {uniform: [1ms, 20ms]}, errors: 10%%}
      faults:
        - {on: Produce, member: m1, every: 4, do: {error: NOT_LEADER_OR_FOLLOWER}}
        - {on: Produce, member: m2, probability: 20%%, do: drop-request}
        - {on: Produce, member: m2, probability: 20%%, do: apply-then-drop}
        - {at: 1s, do: restart-client, member: m1}
      heal: {at: 4s, within: 1m}
      """;

  private static Scenario scenario(String mode) {
    String batcher = mode.startsWith("batcher") ? "  batcher: {max-size: 4, delay: 10ms}" : "";
    return ScenarioReader.read("f.yaml", RUN.formatted(mode, batcher).getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"scheduler", "scheduler-async", "chained", "batcher", "batcher-async", "sync"})
  void outputsThatFailAreSentAgainBeforeTheCommit(String mode) throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      RunResult result = ScenarioRunner.simulate(scenario(mode), seed, RunOptions.DEFAULT);

      assertThat(result.violations()).as("seed %d", seed).isEmpty();
      assertThat(result.faults()).allSatisfy(each -> assertThat(each.fired()).isPositive());
      assertThat(result.invariants())
          .filteredOn(each -> each.name().equals("outputs"))
          .singleElement()
          .satisfies(
              each -> {
                assertThat(each.verdict()).isEqualTo(Verdict.PASSED);
                assertThat(each.facts()).isEqualTo(100);
              });
    }
  }

  /** Every output of m1 is lost, for as long as there are faults. */
  @ParameterizedTest
  @CsvSource({
    "'', false, 0",
    "', on-failure: {attempts: 2, backoff: 10ms, then: stop}', true, 0",
    "', on-failure: {attempts: 2, backoff: 10ms, then: stop-partition}', false, 1"
  })
  void whatBecomesOfAnOutputThatTheProducerGivesUp(String more, boolean stops, int stopped)
      throws Exception {
    String text = RUN.formatted("scheduler", "").replace("each: 2}", "each: 2" + more + "}");
    int faults = text.indexOf("  - {on: Produce, member: m1");
    text =
        text.substring(0, faults)
            + "  - {on: Produce, member: m1, probability: 100%, do: {error:"
            + " NOT_LEADER_OR_FOLLOWER}}\n"
            + text.substring(text.indexOf("heal:"));

    RunResult result =
        ScenarioRunner.simulate(
            ScenarioReader.read("f.yaml", text.getBytes(UTF_8)), 1, RunOptions.DEFAULT);

    assertThat(result.violations().toString().contains("m1 stopped by itself")).isEqualTo(stops);
    assertThat(result.marks().getOrDefault("partition-stopped", 0L) > 0).isEqualTo(stopped > 0);
    assertThat(result.violations().isEmpty()).isEqualTo(more.isEmpty());
  }

  @Test
  void outputsOfAnotherConsumerAreRefusedByName() {
    RunOptions other = RunOptions.DEFAULT.withPeer(task -> new LeakyMember(task, () -> 0));

    assertThatThrownBy(() -> ScenarioRunner.simulate(scenario("sync"), 1, other))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining(
            "engine.outputs, engine.on-failure, engine.on-undecodable, engine.types and"
                + " engine.patience are for members that are the engine");
  }
}
