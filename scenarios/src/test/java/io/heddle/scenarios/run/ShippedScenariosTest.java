package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Workload;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedScenariosTest {
  static List<String> names() {
    return ScenarioLibrary.list().stream()
        .filter(entry -> !entry.tags().contains("long"))
        .map(ScenarioLibrary.Entry::name)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void comesOutAsItsFileExpects(String name) throws Exception {
    Scenario scenario = ScenarioLibrary.load(name);

    RunResult result =
        ScenarioRunner.simulate(scenario, scenario.seeds().from(), RunOptions.DEFAULT);

    String outcome =
        result.verdict() == Verdict.PASSED ? "passed" : result.violations().get(0).invariant();
    assertThat(outcome).as(result.violations().toString()).isEqualTo(scenario.expect().outcome());
  }

  /** The first four hours of the day, without what comes later. */
  @Test
  void theDayBeginsAsItsFileExpects() throws Exception {
    Scenario day = ScenarioLibrary.load("day-of-traffic");
    Workload load = day.produce().get(0);
    Scenario morning =
        day.withProduce(
                List.of(
                    new Workload(
                        load.topic(),
                        null,
                        Duration.ofHours(4),
                        load.arrival(),
                        load.keys(),
                        load.size(),
                        load.startAt())))
            .withFaults(List.of(day.faults().get(0)))
            .withExpect(day.expect().withReached(List.of()));

    RunResult result = ScenarioRunner.simulate(morning, 1, RunOptions.DEFAULT);

    assertThat(result.violations()).isEmpty();
    assertThat(result.records()).isEqualTo(4 * 36_000);
  }

  @Test
  void repeatsARunOfTheSameSeedAndVariesWithTheSeed() throws Exception {
    Scenario scenario = ScenarioLibrary.load("quickstart");

    RunResult first = ScenarioRunner.simulate(scenario, 7, RunOptions.DEFAULT);
    RunResult again = ScenarioRunner.simulate(scenario, 7, RunOptions.DEFAULT);
    RunResult other = ScenarioRunner.simulate(scenario, 8, RunOptions.DEFAULT);

    assertThat(again.traceHash()).isEqualTo(first.traceHash());
    assertThat(other.traceHash()).isNotEqualTo(first.traceHash());
  }
}
