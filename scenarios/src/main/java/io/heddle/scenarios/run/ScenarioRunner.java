package io.heddle.scenarios.run;

import io.heddle.scenarios.load.LoadPlan;
import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.load.LoadRun;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.SeededChoices;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
    return new SimulatedRun(Swarms.draw(scenario, choices), seed, choices, options, false).run();
  }

  /**
   * Runs on the simulated Kafka on the computer's clock, each member on threads of its own: faults
   * follow the seed, who comes first does not.
   */
  public static RunResult simulateInRealTime(Scenario scenario, long seed, RunOptions options)
      throws Exception {
    Choices choices = new SeededChoices(seed);
    return new SimulatedRun(Swarms.draw(scenario, choices), seed, choices, options, true).run();
  }

  /**
   * Runs on a real Kafka, in real time. Faults, and invariants that a real Kafka cannot be asked
   * for, are listed as not applied.
   *
   * @throws RealTarget.Unavailable if Kafka does not answer or refuses
   */
  public static RunResult runForReal(
      Scenario scenario, long seed, RealTarget target, RunOptions options) throws Exception {
    Scenario drawn = Swarms.draw(scenario, new SeededChoices(seed));
    return new RealRun(drawn, seed, target, options).run();
  }

  /**
   * Runs under load, on a real Kafka or, without one, on the simulated in virtual time.
   *
   * @param startMillis when that is, for the interval log
   * @throws RealTarget.Unavailable if Kafka does not answer or refuses
   */
  public static LoadResult load(
      Scenario scenario,
      long seed,
      LoadPlan plan,
      Optional<RealTarget> target,
      long startMillis,
      RunOptions options)
      throws Exception {
    return load(scenario, seed, plan, target, false, startMillis, options);
  }

  /** Runs under load on the simulated Kafka on the computer's clock. */
  public static LoadResult loadInRealTime(
      Scenario scenario, long seed, LoadPlan plan, long startMillis, RunOptions options)
      throws Exception {
    return load(scenario, seed, plan, Optional.empty(), true, startMillis, options);
  }

  private static LoadResult load(
      Scenario scenario,
      long seed,
      LoadPlan plan,
      Optional<RealTarget> target,
      boolean realTime,
      long startMillis,
      RunOptions options)
      throws Exception {
    Choices choices = new SeededChoices(seed);
    LoadRun load = LoadRun.of(plan, Swarms.draw(scenario, choices), startMillis);
    RunOptions loaded = options.withLoad(load);
    RunResult result =
        target.isPresent()
            ? new RealRun(load.scenario(), seed, target.get(), loaded).run()
            : new SimulatedRun(load.scenario(), seed, choices, loaded, realTime).run();
    UnaryOperator<String> topicName = name -> target.map(each -> each.plain(name)).orElse(name);
    return new LoadResult(plan, result, load.recorder().measurements(topicName));
  }
}
