package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Checkers that judge the same run of one consumer group. Where several groups read the same
 * topics, each needs checks of its own, which are handed the facts of its members only. Not
 * thread-safe.
 */
public final class Checks {
  private final Bookkeeping books;
  // An array: each fact goes through all of them.
  private final Checker[] checkers;

  /** Takes checkers, one's own among them, in the order in which they are reported. */
  public Checks(List<? extends Checker> checkers) {
    this(new Bookkeeping(), checkers);
  }

  private Checks(Bookkeeping books, List<? extends Checker> checkers) {
    this.books = books;
    this.checkers = checkers.toArray(Checker[]::new);
  }

  /** Checks all invariants. */
  public static Checks all() {
    return of(EnumSet.allOf(Invariant.class));
  }

  /** Looks for all anomalies in what clients saw. */
  public static Checks anomalies() {
    return new Checks(Arrays.stream(Anomaly.values()).map(Anomaly::checker).toList());
  }

  /** Checks these invariants. */
  public static Checks of(Collection<Invariant> invariants) {
    return of(invariants, CheckSettings.DEFAULT);
  }

  /** Checks these invariants. */
  public static Checks of(Collection<Invariant> invariants, CheckSettings settings) {
    Bookkeeping books = new Bookkeeping();
    return new Checks(
        books, invariants.stream().map(invariant -> invariant.checker(settings, books)).toList());
  }

  /** Hands the next fact to every checker. */
  public void accept(Fact fact) {
    books.accept(fact);
    for (Checker checker : checkers) {
      checker.accept(fact);
    }
  }

  /** Returns the reports, in the order of the checkers. */
  public List<CheckReport> reports() {
    return Arrays.stream(checkers).map(Checker::report).toList();
  }

  /** Returns a violation if there is any so far: of the first checker, in their order, with one. */
  public Optional<Violation> firstViolation() {
    for (Checker checker : checkers) {
      if (checker.isViolated()) {
        return Optional.of(checker.report().violations().get(0));
      }
    }
    return Optional.empty();
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
