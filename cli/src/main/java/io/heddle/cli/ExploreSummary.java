package io.heddle.cli;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came out of running one scenario with many seeds.
 *
 * @param seeds how many seeds were run
 * @param failed one entry for each seed that failed, by its first violation, in ascending order
 * @param marks coverage marks and how often each was reached, over all seeds
 */
public record ExploreSummary(
    String scenario,
    long seeds,
    long passed,
    List<FailedSeed> failed,
    double seedsPerSecond,
    SortedMap<String, Long> marks) {
  /** Copies the collections. */
  public ExploreSummary {
    failed = List.copyOf(failed);
    marks = Collections.unmodifiableSortedMap(new TreeMap<>(marks));
  }

  /** One seed that failed, and how. */
  public record FailedSeed(long seed, String invariant, String message) {}
}
