package io.heddle.scenarios.run;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * How to run a scenario.
 *
 * @param trace told each line of the trace, where there is one
 * @param progress told how far the run has come
 * @param judgeCoverage whether a fault that never fired, an invariant that saw nothing and a mark
 *     that was not reached fail this run; a campaign judges them over all its runs instead
 */
public record RunOptions(
    Optional<Consumer<String>> trace, Progress progress, boolean judgeCoverage) {
  /** Judges everything and tells nobody how it goes. */
  public static final RunOptions DEFAULT =
      new RunOptions(Optional.empty(), (done, total) -> {}, true);

  /** Told how far a run has come; called often, by whichever thread. */
  @FunctionalInterface
  public interface Progress {
    /** So many records are complete, of so many as far as is known, or 0. */
    void at(long done, long total);
  }
}
