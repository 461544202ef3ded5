package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/**
 * Checkers that judge the same run of one consumer group. Where several groups read the same
 * topics, each needs checks of its own, which are handed the facts of its members only. Not
 * thread-safe.
 */
public final class Checks {
  private final List<Checker> checkers;

  /** Takes checkers, one's own among them, in the order in which they are reported. */
  public Checks(List<? extends Checker> checkers) {
    this.checkers = List.copyOf(checkers);
  }

  /** Checks all invariants. */
  public static Checks all() {
    return of(EnumSet.allOf(Invariant.class));
  }

  /** Checks these invariants. */
  public static Checks of(Collection<Invariant> invariants) {
    return of(invariants, CheckSettings.DEFAULT);
  }

  /** Checks these invariants. */
  public static Checks of(Collection<Invariant> invariants, CheckSettings settings) {
    return new Checks(invariants.stream().map(invariant -> invariant.checker(settings)).toList());
  }

  /** Hands the next fact to every checker. */
  public void accept(Fact fact) {
    for (Checker checker : checkers) {
      checker.accept(fact);
    }
  }

  /** Returns the reports, in the order of the checkers. */
  public List<CheckReport> reports() {
    return checkers.stream().map(Checker::report).toList();
  }

  /** Returns what was kept of the violations, by time and then in the order of the checkers. */
  public List<Violation> violations() {
    List<Violation> violations = new ArrayList<>();
    for (Checker checker : checkers) {
      violations.addAll(checker.report().violations());
    }
    violations.sort(Comparator.comparingLong(Violation::atNanos));
    return violations;
  }
}
