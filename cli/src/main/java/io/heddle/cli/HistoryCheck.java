package io.heddle.cli;

import io.heddle.scenarios.history.HistoryException;
import io.heddle.scenarios.history.HistoryReader;
import io.heddle.scenarios.result.RunResult.InvariantResult;
import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.scenarios.result.Verdict;
import io.heddle.simulator.check.Anomaly;
import io.heddle.simulator.check.CheckReport;
import io.heddle.simulator.check.Checker;
import io.heddle.simulator.check.Checks;
import io.heddle.simulator.check.Invariant;
import io.heddle.simulator.history.Fact;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a recorded history comes to.
 *
 * @param facts how many there were
 * @param invariants how each invariant and anomaly that was looked for came out
 * @param violations by time
 */
record HistoryCheck(long facts, List<InvariantResult> invariants, List<Violation> violations) {
  private static final String NO_END = "the history does not say that the run has finished";

  /** The names of all that can be looked for. */
  static List<String> names() {
    return Stream.concat(Invariant.labels().stream(), Anomaly.labels().stream()).toList();
  }

  /**
   * Reads a history to its end and judges it.
   *
   * @param only the names of what is to be looked for, all of which must find something to judge;
   *     when empty, everything, of which something must
   */
  static HistoryCheck of(InputStream history, Set<String> only)
      throws IOException, HistoryException {
    List<Checker> checkers = new ArrayList<>();
    Stream.of(Invariant.values())
        .filter(each -> only.isEmpty() || only.contains(each.label()))
        .forEach(each -> checkers.add(each.checker()));
    Stream.of(Anomaly.values())
        .filter(each -> only.isEmpty() || only.contains(each.label()))
        .forEach(each -> checkers.add(each.checker()));
    Reading reading = new Reading(new Checks(checkers));
    long facts = HistoryReader.read(history, reading::accept);
    reading.end();
    return reading.judge(facts, only);
  }

  /** The code to end with. */
  ExitCode exitCode() {
    return ExitCode.ofViolations(violations.stream().map(Violation::invariant).toList());
  }

  private static final class Reading {
    private final Checks checks;
    private boolean ended;
    private long lastNanos;

    Reading(Checks checks) {
      this.checks = checks;
    }

    void accept(Fact fact) {
      ended |= fact instanceof Fact.RunEnded;
      lastNanos = fact.atNanos();
      checks.accept(fact);
    }

    /** Many are judged at the end: where the history has none, it is where it breaks off. */
    void end() {
      if (!ended) {
        checks.accept(new Fact.RunEnded(lastNanos, false, NO_END));
      }
    }

    HistoryCheck judge(long facts, Set<String> only) {
      List<InvariantResult> results = new ArrayList<>();
      List<Violation> violations = new ArrayList<>();
      checks.violations().stream()
          .filter(each -> isApplied(each.invariant()))
          .map(
              each ->
                  new Violation(
                      each.invariant(), each.message(), each.atNanos() / 1_000_000, each.lines()))
          .forEach(violations::add);
      for (CheckReport report : checks.reports()) {
        InvariantResult result = result(report);
        results.add(result);
        if (result.verdict() == Verdict.VACUOUS && !only.isEmpty()) {
          violations.add(
              vacuous(result.name(), result.name() + " saw nothing that it could have judged"));
        }
      }
      if (only.isEmpty() && results.stream().allMatch(HistoryCheck::saysNothing)) {
        violations.add(vacuous("history", "the file has no fact that an invariant could judge"));
      }
      return new HistoryCheck(facts, results, violations);
    }

    private Violation vacuous(String name, String message) {
      return new Violation("vacuous:" + name, message, lastNanos / 1_000_000, List.of());
    }

    private InvariantResult result(CheckReport report) {
      if (!isApplied(report.invariant())) {
        return new InvariantResult(report.invariant(), 0, Verdict.NOT_APPLIED, NO_END);
      }
      Verdict verdict =
          !report.holds() ? Verdict.FAILED : report.vacuous() ? Verdict.VACUOUS : Verdict.PASSED;
      return new InvariantResult(report.invariant(), report.facts(), verdict, excuses(report));
    }

    private boolean isApplied(String invariant) {
      return ended || !invariant.equals(Invariant.PROGRESS.label());
    }
  }

  private static boolean saysNothing(InvariantResult result) {
    return result.verdict() == Verdict.VACUOUS || result.verdict() == Verdict.NOT_APPLIED;
  }

  private static @Nullable String excuses(CheckReport report) {
    List<String> parts = new ArrayList<>();
    report.excused().forEach((reason, count) -> parts.add(count + " × " + reason));
    return parts.isEmpty() ? null : "excused: " + String.join(", ", parts);
  }
}
