package io.heddle.scenarios.shrink;

import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult.Violation;

/**
 * A failing scenario, made small.
 *
 * @param scenario reads back from its file as it is, and fails with its own seed
 * @param violation what its run breaks first
 * @param traceHash of that run, the same each time
 * @param candidates how many smaller scenarios were tried
 * @param runs how many runs that took
 * @param finished whether no single step is left that makes it smaller; else the time was up
 */
public record Shrunk(
    Scenario scenario,
    Violation violation,
    String traceHash,
    Size before,
    Size after,
    long candidates,
    long runs,
    boolean finished) {
  /** The seed with which it fails. */
  public long seed() {
    return scenario.seeds().from();
  }
}
