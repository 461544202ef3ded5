package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.file.ScenarioWriter;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import io.heddle.simulator.choice.SeededChoices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records have headers, and members have handlers for some types of records. */
class EventTypesTest {
  private static final String FILE =
      """
      scenario: typed
      kafka: {initial-rebalance-delay: 0s}
      topics: {t: {partitions: 3}}
      produce:
        - {topic: t, count: 90, rate: 100/s, keys: {uniform: 9}, headers: {tenant: acme, kind: %s}}
      group: {members: 2, config: {session.timeout.ms: 3000, heartbeat.interval.ms: 500}}
      engine: {%s}
      handler: {service: {uniform: [1ms, 10ms]}}
      faults: [{at: 300ms, do: restart-client, member: m1}]
      heal: {at: 2s, within: 20s}
      """;
  private static final String DRAWN = "[order, refund, ping]";
  private static final String SKIP = "on-failure: {attempts: 1, then: skip}";

  private static Scenario scenario(String kind, String engine) {
    return ScenarioReader.read("f.yaml", FILE.formatted(kind, engine).getBytes(UTF_8));
  }

  private static RunResult run(Scenario scenario) throws Exception {
    return ScenarioRunner.simulate(scenario, 1, RunOptions.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({"scheduler", "scheduler-async", "chained", "batcher", "batcher-async", "sync"})
  void whatHasNoHandlerIsLeftOutAndTheRestIsDone(String mode) throws Exception {
    RunResult result =
        run(
            scenario(
                DRAWN, "mode: " + mode + ", types: {header: kind, handled: [order]}, " + SKIP));

    assertThat(result.violations()).isEmpty();
    assertThat(result.marks().get("unhandled")).isBetween(30L, 89L);
    assertThat(result.marks().get("unhandled")).isEqualTo(result.marks().get("skipped"));
    assertThat(result.service().count()).isBetween(10L, 60L);
  }

  @Test
  void aRecordWithoutTheHeaderHasNoHandlerEither() throws Exception {
    RunResult result =
        run(
            scenario(
                "{one-of: [order], share: 50%}",
                "types: {header: kind, handled: [order]}, " + SKIP));

    assertThat(result.violations()).isEmpty();
    assertThat(result.marks().get("unhandled")).isBetween(20L, 80L);
  }

  @Test
  void whereEachTypeHasAHandlerNothingIsLeftOut() throws Exception {
    RunResult typed = run(scenario(DRAWN, "types: {header: kind, handled: [ping, order, refund]}"));
    RunResult untyped = run(scenario(DRAWN, "mode: scheduler"));

    for (RunResult result : List.of(typed, untyped)) {
      assertThat(result.violations()).isEmpty();
      assertThat(result.marks()).containsEntry("unhandled", 0L).containsEntry("skipped", 0L);
    }
  }

  @Test
  void aDeadLetterHasTheHeadersOfItsRecord() throws Exception {
    RunResult result =
        run(
            scenario(
                DRAWN,
                "types: {header: kind, handled: [order]},"
                    + " on-failure: {attempts: 2, then: dead-letter, topic: letters}"));

    assertThat(result.violations()).isEmpty();
    assertThat(result.marks().get("dead-lettered")).isPositive();
    assertThat(result.marks().get("retry")).isPositive();
  }

  @Test
  void headersAreDrawnByThemselves() {
    List<PlannedRecords.Planned> drawn = planned("{one-of: [order, refund], share: 60%}");
    List<PlannedRecords.Planned> constant = planned("order");

    assertThat(drawn).extracting(PlannedRecords.Planned::payload).isEqualTo(payloads(constant));
    assertThat(constant)
        .allSatisfy(
            each ->
                assertThat(each.headers())
                    .containsExactly(
                        new DrawnHeaders.Drawn("tenant", "acme"),
                        new DrawnHeaders.Drawn("kind", "order")));
    assertThat(drawn.stream().map(each -> each.headers().size()).distinct())
        .containsExactlyInAnyOrder(1, 2);
    assertThat(drawn).isEqualTo(planned("{one-of: [order, refund], share: 60%}"));
  }

  private static List<Payload> payloads(List<PlannedRecords.Planned> records) {
    return records.stream().map(PlannedRecords.Planned::payload).toList();
  }

  private static List<PlannedRecords.Planned> planned(String kind) {
    PlannedRecords records =
        new PlannedRecords(
            scenario(kind, "mode: sync").produce().get(0),
            0,
            new SeededChoices(1),
            Optional.empty());
    List<PlannedRecords.Planned> all = new ArrayList<>();
    records.forEachRemaining(all::add);
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[order, refund, order2]",
        "[order, refund]",
        "{one-of: [order, refund], share: 60%}"
      })
  void isWrittenAsItIsRead(String kind) {
    Scenario scenario = scenario(kind, "types: {header: kind, handled: [order]}, " + SKIP);

    String text = ScenarioWriter.write(scenario);

    assertThat(text)
        .contains("headers: {tenant: acme, kind: " + kind + "}")
        .contains("  types: {header: kind, handled: [order]}\n");
    assertThat(ScenarioReader.read("again", text.getBytes(UTF_8))).isEqualTo(scenario);
  }
}
