package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Mark;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.SeededChoices;
import java.util.List;

/** Runs scenarios. Has no state; may be used by several threads at once. */
public final class ScenarioRunner {
  private ScenarioRunner() {}

  /** Runs on the simulated Kafka, in virtual time. */
  public static RunResult simulate(Scenario scenario, long seed, RunOptions options)
      throws Exception {
    return simulate(scenario, seed, new SeededChoices(seed), options);
  }

  /** The same with the decisions of a recording, for example; {@code seed} is only reported. */
  public static RunResult simulate(
      Scenario scenario, long seed, Choices choices, RunOptions options) throws Exception {
    checkMarks(scenario);
    return new SimulatedRun(scenario, seed, choices, options).run();
  }

  /**
   * Runs on a real Kafka, in real time. Faults, and invariants that a real Kafka cannot be asked
   * for, are listed as not applied.
   *
   * @throws RealTarget.Unavailable if Kafka does not answer or refuses
   */
  public static RunResult runForReal(
      Scenario scenario, long seed, RealTarget target, RunOptions options) throws Exception {
    checkMarks(scenario);
    return new RealRun(scenario, seed, target, options).run();
  }

  private static void checkMarks(Scenario scenario) {
    List<String> known = Marks.names();
    for (Mark mark : scenario.expect().reached()) {
      if (!known.contains(mark.name())) {
        throw new IllegalArgumentException(
            "expect.reached: unknown mark '"
                + mark.name()
                + "'; known: "
                + String.join(", ", known));
      }
    }
  }
}
