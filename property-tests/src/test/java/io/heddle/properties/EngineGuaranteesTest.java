package io.heddle.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.result.RunResult;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.StatisticsReport;

/** Whatever goes wrong: order, exclusion, commits and delivery hold, and everything finishes. */
@AddLifecycleHook(FalsifiedRuns.class)
class EngineGuaranteesTest {
  @Property(seed = "20260101", tries = 300, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void hold_for_the_same_scenarios_in_every_build(@ForAll("runs") Run run) {
    Cells.count(run);
    holdIn(run);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void hold_for_other_scenarios_in_each_build(@ForAll("runs") Run run) {
    holdIn(run);
  }

  @Provide
  Arbitrary<Run> runs() {
    return ScenarioArbitraries.runs();
  }

  private static void holdIn(Run run) {
    RunResult result = run.simulate();

    assertThat(result.violations()).isEmpty();
    assertThat(result.records()).isPositive();
  }
}
