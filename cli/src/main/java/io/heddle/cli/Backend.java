package io.heddle.cli;

import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.replay.RunRecording;
import io.heddle.scenarios.report.RunHistory;
import io.heddle.scenarios.result.RunResult;
import io.heddle.simulator.core.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the commands call. Each method throws {@link UserError} for what the user can put right: no
 * such scenario, a file that does not parse, a Kafka that does not answer.
 */
public interface Backend {
  /** The same, which runs every scenario by this schedule instead of its own. */
  Backend by(Schedule schedule);

  /** All scenarios that have a name, in the order in which they are listed. */
  List<ScenarioSummary> list();

  /** The scenario as it is run, defaults included, in lines of text. */
  String explain(String nameOrFile);

  /**
   * Runs a scenario once.
   *
   * @param seed the scenario's own if empty
   * @param trace where to write the trace, if anywhere
   * @param history takes the run down for a report, if there is to be one
   */
  RunResult run(
      String nameOrFile,
      OptionalLong seed,
      KafkaTarget target,
      Optional<Path> trace,
      Optional<RunHistory> history,
      Progress progress);

  /** Runs a scenario once on the simulated Kafka, and takes its decisions down. */
  RunRecording.Recorded record(
      String nameOrFile,
      OptionalLong seed,
      Optional<Path> trace,
      Optional<RunHistory> history,
      Progress progress);

  /**
   * Runs a recorded run again.
   *
   * @param scenario the recorded one if empty
   */
  RunRecording.Replayed replay(
      RunRecording recording,
      Optional<String> scenario,
      Optional<Path> trace,
      Optional<RunHistory> history,
      Progress progress);

  /** Runs a scenario once under load. */
  LoadResult load(LoadRequest request, Progress progress);

  /** Runs a scenario once for each seed, on all cores. */
  ExploreSummary explore(String nameOrFile, ExploreOptions options, Progress progress);

  /**
   * Makes a failing scenario small, and saves it.
   *
   * @param seed of the run that fails; the scenario's own if empty
   * @param out where to save it; a new file named after the scenario if empty
   * @param time how long to go on at most
   */
  ShrinkSummary shrink(
      String nameOrFile, OptionalLong seed, Optional<Path> out, Duration time, Progress progress);
}
