package io.heddle.planted;

import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.simulator.core.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An engine, and what it can be put to. */
public interface Workbench {
  /** The same engine, whose trials have another schedule. */
  Workbench by(Schedule schedule);

  /**
   * Puts the engine to a trial, and tells what it broke, the first first.
   *
   * @param calm whether to do so with a single member and without faults
   */
  List<Violation> run(String trial, long seed, boolean calm);

  /** Makes a run twice more, and tells what is not the same history, if that is so. */
  Optional<Violation> repeat(String trial, long seed, boolean calm);

  /** Whether this trial is a scenario, so that what fails in it can be made small and saved. */
  boolean isScenario(String trial);

  /**
   * Makes a failing run of such a trial small, for so long at most.
   *
   * @throws Exception if its failure cannot be had again
   */
  Small shrink(String trial, long seed, Duration time) throws Exception;

  /** What a scenario breaks first that was saved as a file; empty if nothing. */
  Optional<Violation> replay(String file) throws Exception;
}
