package io.heddle.scenarios.shrink;

import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Mark;
import io.heddle.scenarios.model.Threshold;
import java.util.List;

/** Nothing is asked of a run but what it fails. */
final class ExpectSteps {
  private ExpectSteps() {}

  /**
   * Expectations that leave out what is not broken, and say nothing of the outcome.
   *
   * @param broken what the failing run breaks first
   */
  static Expect only(Expect expect, String broken) {
    String subject = broken.substring(broken.indexOf(':') + 1);
    List<String> invariants = expect.invariants().stream().filter(subject::equals).toList();
    List<Threshold> thresholds =
        expect.thresholds().stream().filter(each -> subject.endsWith(each.name())).toList();
    List<Mark> reached =
        expect.reached().stream().filter(each -> each.name().equals(subject)).toList();
    return new Expect(
        Expect.PASSED,
        invariants.isEmpty() ? expect.invariants() : invariants,
        thresholds,
        reached);
  }

  /** The same expectations with another outcome. */
  static Expect outcome(Expect expect, String outcome) {
    return new Expect(outcome, expect.invariants(), expect.thresholds(), expect.reached());
  }
}
