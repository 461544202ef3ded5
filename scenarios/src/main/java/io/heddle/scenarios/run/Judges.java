package io.heddle.scenarios.run;

import io.heddle.simulator.check.CheckReport;
import io.heddle.simulator.check.Checks;
import io.heddle.simulator.check.Violation;
import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who judges a run: the simulator's checks, and what is known of the members' outputs besides. Not
 * thread-safe.
 *
 * @param order the names of the invariants, as they are to be listed
 * @param outputs if the invariant of that name is asked for
 */
record Judges(List<String> order, Checks checks, Optional<OutputsChecker> outputs) {
  void accept(Fact fact) {
    checks.accept(fact);
    if (outputs.isPresent()) {
      outputs.get().accept(fact);
    }
  }

  /** A violation, if there is any so far. */
  Optional<Violation> firstViolation() {
    return checks
        .firstViolation()
        .or(
            () ->
                outputs
                    .filter(OutputsChecker::isViolated)
                    .map(each -> each.report().violations().get(0)));
  }

  /** What was kept of the violations, by time. */
  List<Violation> violations() {
    return Stream.concat(
            checks.violations().stream(),
            outputs.stream().flatMap(each -> each.report().violations().stream()))
        .sorted(Comparator.comparingLong(Violation::atNanos))
        .toList();
  }

  /** In their order. */
  List<CheckReport> reports() {
    List<CheckReport> reports = new ArrayList<>(checks.reports());
    outputs.ifPresent(each -> reports.add(each.report()));
    reports.sort(Comparator.comparingInt(each -> order.indexOf(each.invariant())));
    return reports;
  }
}
