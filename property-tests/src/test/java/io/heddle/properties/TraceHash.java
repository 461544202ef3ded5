package io.heddle.properties;

import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.result.RunResult;
import java.util.Objects;

/** Prints the hash of the trace of the scenario and the seed that it is called with. */
public final class TraceHash {
  private TraceHash() {}

  /** Takes the name of a scenario that comes with Heddle, and a seed. */
  public static void main(String[] args) {
    System.out.println(of(args[0], Long.parseLong(args[1])));
  }

  /** Fails where a run did not pass: one that its limit of real time ends has another history. */
  static String of(String scenario, long seed) {
    RunResult result = Run.of(ScenarioLibrary.load(scenario), seed).simulate();
    if (!result.violations().isEmpty()) {
      throw new AssertionError(scenario + " did not pass: " + result.violations());
    }
    return Objects.requireNonNull(result.traceHash());
  }
}
