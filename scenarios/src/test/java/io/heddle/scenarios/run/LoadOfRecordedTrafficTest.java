package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.load.LoadPlan;
import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.load.LoadRun;
import io.heddle.scenarios.model.Scenario;
import io.heddle.simulator.choice.SeededChoices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A load on a scenario that replays recorded traffic: of 4 records, at 50/s. */
class LoadOfRecordedTrafficTest {
  private static final String RECORDS =
      """
      - {gap: 40ms, key: a, size: 10B}
          - {gap: 0ms, key: b, size: 20B}
          - {gap: 10ms, key: a, size: 30B}
          - {gap: 30ms, key: c, size: 40B}
      """;

  private static Scenario scenario(String records) {
    return ScenarioReader.read(
        "f.yaml",
        """
        scenario: recorded
        topics: {orders: {partitions: 2}}
        produce:
          - topic: orders
            start-at: 9s
            replay:
            %s
        handler: {service: 1ms}
        """
            .formatted(records)
            .getBytes(UTF_8));
  }

  private static LoadPlan plan(OptionalDouble rate, boolean poisson, int closedLoop) {
    return new LoadPlan(
        rate, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10), 1, poisson, closedLoop, true);
  }

  private static LoadPlan open(double rate) {
    return plan(OptionalDouble.of(rate), false, 0);
  }

  private static List<PlannedRecords.Planned> planned(LoadPlan plan) {
    LoadRun run = LoadRun.of(plan, scenario(RECORDS), 0);
    PlannedRecords planned =
        new PlannedRecords(
            run.scenario().produce().get(0), 0, new SeededChoices(1), Optional.of(run.pace(0)));
    List<PlannedRecords.Planned> all = new ArrayList<>();
    planned.forEachRemaining(all::add);
    return all;
  }

  private static List<Long> dueMillis(List<PlannedRecords.Planned> records) {
    return records.stream().map(each -> Math.round(each.payload().dueNanos() / 1e6)).toList();
  }

  @Test
  void comesAsItWasRecordedAgainAndAgain() {
    List<PlannedRecords.Planned> records = planned(plan(OptionalDouble.empty(), false, 0));

    assertThat(records).hasSize(4 * 125 - 1);
    assertThat(dueMillis(records)).startsWith(40L, 40L, 50L, 80L, 120L, 120L, 130L, 160L, 200L);
    assertThat(records.subList(3, 6))
        .extracting(each -> each.payload().key(), PlannedRecords.Planned::size)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("c", 40),
            org.assertj.core.groups.Tuple.tuple("a", 10),
            org.assertj.core.groups.Tuple.tuple("b", 20));
  }

  @Test
  void isMadeFasterOrSlowerToReachARate() {
    assertThat(dueMillis(planned(open(100)))).startsWith(20L, 20L, 25L, 40L, 60L, 60L, 65L, 80L);
    assertThat(dueMillis(planned(open(25)))).startsWith(80L, 80L, 100L, 160L, 240L);
  }

  @Test
  void keepsItsKeysWhereItsTimesAreDrawn() {
    List<PlannedRecords.Planned> records = planned(plan(OptionalDouble.of(50), true, 0));

    assertThat(records.size()).isCloseTo(500, within(80));
    assertThat(records.subList(0, 5))
        .extracting(each -> each.payload().key())
        .containsExactly("a", "b", "a", "c", "a");
    assertThat(dueMillis(records).stream().distinct().count()).isGreaterThan(400);
  }

  @Test
  void runsOpenAndClosed() throws Exception {
    LoadResult open = load(open(200));
    LoadResult closed = load(plan(OptionalDouble.empty(), false, 3));

    assertThat(open.run().violations()).isEmpty();
    assertThat(open.run().records()).isEqualTo(1_999);
    assertThat(open.measurements().targetRate()).hasValue(200);
    assertThat(open.measurements().achievedRate()).isCloseTo(200, within(15.0));
    assertThat(closed.run().violations()).isEmpty();
    assertThat(closed.run().records()).isGreaterThan(20);
  }

  private static LoadResult load(LoadPlan plan) throws Exception {
    return ScenarioRunner.load(scenario(RECORDS), 1, plan, Optional.empty(), 0, RunOptions.DEFAULT);
  }

  @Test
  void asksForARateWhereAllCameAtOnce() {
    Scenario atOnce = scenario("- {gap: 0ms, key: a, size: 1B}");

    assertThatThrownBy(() -> LoadRun.of(plan(OptionalDouble.empty(), false, 0), atOnce, 0))
        .hasMessage("a rate must be given: the workloads of recorded have none");
    LoadRun run = LoadRun.of(open(10), atOnce, 0);
    assertThat(run.pace(0).nextNanos(3, () -> 0)).isCloseTo(3e8, within(1.0));
  }
}
