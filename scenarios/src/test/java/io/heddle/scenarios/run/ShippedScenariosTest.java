package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedScenariosTest {
  static List<String> names() {
    return ScenarioLibrary.list().stream().map(ScenarioLibrary.Entry::name).toList();
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
