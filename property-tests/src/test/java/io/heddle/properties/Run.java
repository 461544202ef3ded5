package io.heddle.properties;

import io.heddle.scenarios.file.ScenarioWriter;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.SeedRange;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.run.RunOptions;
import io.heddle.scenarios.run.ScenarioRunner;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.SeededChoices;
import io.heddle.simulator.core.SimulationEnded;
import java.util.Optional;
import java.util.function.Consumer;

/** A scenario and the seed that it is run with. Prints as the file that says the same. */
record Run(Scenario scenario, long seed) {
  /** A small scenario is not to be failed for what it is too small to show. */
  private static final RunOptions OPTIONS = RunOptions.DEFAULT.withoutCoverage();

  static Run of(Scenario scenario, long seed) {
    return new Run(scenario.withSeeds(SeedRange.of(seed)), seed);
  }

  RunResult simulate() {
    return simulate(new SeededChoices(seed));
  }

  RunResult simulate(Choices choices) {
    return simulate(choices, OPTIONS);
  }

  /** Tells each line of the trace. */
  void trace(Choices choices, Consumer<String> lines) {
    var unused = simulate(choices, OPTIONS.withTrace(lines));
  }

  private RunResult simulate(Choices choices, RunOptions options) {
    try {
      return ScenarioRunner.simulate(scenario, seed, choices, options);
    } catch (Exception | SimulationEnded failure) {
      // What is no assertion would not be shrunk.
      throw new AssertionError("the run broke off: " + failure, failure);
    }
  }

  /** The hash of the trace, which a simulated run always has. */
  String traceHash() {
    return traceHash(new SeededChoices(seed));
  }

  String traceHash(Choices choices) {
    return Optional.ofNullable(simulate(choices).traceHash()).orElseThrow();
  }

  String yaml() {
    return ScenarioWriter.write(scenario);
  }

  @Override
  public String toString() {
    return "a run with seed " + seed + " of\n" + yaml();
  }
}
