package io.heddle.cli;

import io.heddle.scenarios.run.Repetition;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came out of running one scenario with many seeds.
 *
 * @param asked the seeds that were asked for
 * @param seeds how many seeds were run
 * @param failed one entry for each seed that failed, by its first violation, in ascending order
 * @param coverage what no seed reached, and all of them together should have
 * @param interrupted whether the user ended it, so that there is no judgement of all seeds
 * @param marks coverage marks and how often each was reached, over all seeds
 */
public record ExploreSummary(
    String scenario,
    SeedRange asked,
    long seeds,
    long passed,
    List<FailedSeed> failed,
    List<Missing> coverage,
    boolean interrupted,
    double seedsPerSecond,
    SortedMap<String, Long> marks) {
  /** Copies the collections. */
  public ExploreSummary {
    failed = List.copyOf(failed);
    coverage = List.copyOf(coverage);
    marks = Collections.unmodifiableSortedMap(new TreeMap<>(marks));
  }

  /** One seed that failed, and how. */
  public record FailedSeed(long seed, String invariant, String message) {}

  /** A fault that never fired, an invariant that saw nothing, or a mark that was not reached. */
  public record Missing(String name, String message) {}

  /** Which of the seeds that were asked for were run, to stand behind the scenario's name. */
  String explored() {
    if (interrupted) {
      // Those that were under way then count for nothing, whichever they were.
      return seeds == 0
          ? "before the first of the seeds " + asked + " was over"
          : "after " + Units.count(seeds) + " of the seeds " + asked;
    }
    boolean all = asked.isOpen() || seeds == asked.count();
    return "seeds " + asked.first() + ".." + lastSeed() + (all ? "" : " of " + asked);
  }

  /** The last seed that was run: they are begun in their order. */
  long lastSeed() {
    return asked.first() + Math.max(1, seeds) - 1;
  }

  /** The first word of a report. */
  String verdict() {
    if (failed.stream().anyMatch(each -> each.invariant().equals(Repetition.BROKEN))) {
      return "NOT DETERMINISTIC";
    }
    if (!failed.isEmpty() || !coverage.isEmpty()) {
      return "FAILED";
    }
    return interrupted ? "INTERRUPTED" : "PASSED";
  }
}
