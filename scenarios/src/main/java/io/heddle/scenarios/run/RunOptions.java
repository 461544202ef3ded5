package io.heddle.scenarios.run;

import io.heddle.scenarios.load.LoadRun;
import io.heddle.scenarios.report.RunHistory;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How to run a scenario.
 *
 * @param trace told each line of the trace, where there is one
 * @param progress told how far the run has come
 * @param judgeCoverage whether a fault that never fired, an invariant that saw nothing and a mark
 *     that was not reached fail this run; a campaign judges them over all its runs instead
 * @param history takes the run down for a report, where one is wanted
 * @param interrupted whether to send nothing any more and come to an end; looked at now and then
 * @param load the load that is put on the scenario, which is then the load's own
 * @param peer what consumes in the engine's place, if something else does; only on a simulated
 *     Kafka
 */
public record RunOptions(
    Optional<Consumer<String>> trace,
    Progress progress,
    boolean judgeCoverage,
    Optional<RunHistory> history,
    BooleanSupplier interrupted,
    Optional<LoadRun> load,
    Optional<Peer.Factory> peer) {
  /** Judges everything and tells nobody how it goes. */
  public static final RunOptions DEFAULT =
      new RunOptions(
          Optional.empty(),
          (done, total) -> {},
          true,
          Optional.empty(),
          () -> false,
          Optional.empty(),
          Optional.empty());

  /** This, but what never happened fails nothing. */
  public RunOptions withoutCoverage() {
    return new RunOptions(trace, progress, false, history, interrupted, load, peer);
  }

  /** This, and the run is taken down. */
  public RunOptions withHistory(RunHistory value) {
    return new RunOptions(
        trace, progress, judgeCoverage, Optional.of(value), interrupted, load, peer);
  }

  /** This, and each line of the trace is told. */
  public RunOptions withTrace(Consumer<String> value) {
    return new RunOptions(
        Optional.of(value), progress, judgeCoverage, history, interrupted, load, peer);
  }

  /** This, and it is told how far the run has come. */
  public RunOptions withProgress(Progress value) {
    return new RunOptions(trace, value, judgeCoverage, history, interrupted, load, peer);
  }

  /** This, and it can be ended early. */
  public RunOptions withInterrupted(BooleanSupplier value) {
    return new RunOptions(trace, progress, judgeCoverage, history, value, load, peer);
  }

  /** This, with something else in the engine's place; on a simulated Kafka only. */
  public RunOptions withPeer(Peer.Factory value) {
    return new RunOptions(
        trace, progress, judgeCoverage, history, interrupted, load, Optional.of(value));
  }

  /** This under load; what never happened fails nothing then. */
  RunOptions withLoad(LoadRun value) {
    return new RunOptions(trace, progress, false, history, interrupted, Optional.of(value), peer);
  }

  /** Told how far a run has come; called often, by whichever thread. */
  @FunctionalInterface
  public interface Progress {
    /** So many records are complete, of so many as far as is known, or 0. */
    void at(long done, long total);
  }
}
