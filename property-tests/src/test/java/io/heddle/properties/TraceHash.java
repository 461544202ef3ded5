package io.heddle.properties;

import io.heddle.scenarios.file.ScenarioLibrary;

/** Prints the hash of the trace of the scenario and the seed that it is called with. */
public final class TraceHash {
  private TraceHash() {}

  /** Takes the name of a scenario that comes with Heddle, and a seed. */
  public static void main(String[] args) {
    System.out.println(of(args[0], Long.parseLong(args[1])));
  }

  static String of(String scenario, long seed) {
    return Run.of(ScenarioLibrary.load(scenario), seed).traceHash();
  }
}
