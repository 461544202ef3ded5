package io.heddle.simulator.check;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a checker found.
 *
 * @param invariant the name of the invariant
 * @param facts how many facts it judged; each {@link Invariant} says which ones count
 * @param violated how many violations there were
 * @param violations the first of them, at most 20
 * @param excused how often something was legal only because of a fault, by the reason
 */
public record CheckReport(
    String invariant,
    long facts,
    long violated,
    List<Violation> violations,
    SortedMap<String, Long> excused) {
  /** Copies the collections. */
  public CheckReport {
    violations = List.copyOf(violations);
    excused = Collections.unmodifiableSortedMap(new TreeMap<>(excused));
  }

  /** Returns whether nothing was violated. A vacuous report holds, but proves nothing. */
  public boolean holds() {
    return violated == 0;
  }

  /** Returns whether there was nothing to judge, so that the report says nothing about the run. */
  public boolean vacuous() {
    return facts == 0 && violated == 0;
  }
}
