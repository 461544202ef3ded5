package io.heddle.cli;

import io.heddle.scenarios.run.Repetition;
import java.util.Collection;
import java.util.Comparator;

/** What the process ends with; where several hold, the first in this order counts. */
enum ExitCode {
  INTERRUPTED(130),
  INTERNAL_ERROR(70),
  USAGE(2),
  NOT_DETERMINISTIC(14),
  INVARIANT_VIOLATED(10),
  NO_PROGRESS(11),
  THRESHOLD_MISSED(12),
  NOTHING_SEEN(13),
  DIFFERENT(1),
  PASSED(0);

  private final int value;

  ExitCode(int value) {
    this.value = value;
  }

  int value() {
    return value;
  }

  /** Which code a violation of that name stands for. */
  static ExitCode ofViolation(String name) {
    if (name.equals("progress")) {
      return NO_PROGRESS;
    }
    if (name.startsWith("threshold:")) {
      return THRESHOLD_MISSED;
    }
    if (name.startsWith("unfired:") || name.startsWith("vacuous:")) {
      return NOTHING_SEEN;
    }
    return name.equals(Repetition.BROKEN) ? NOT_DETERMINISTIC : INVARIANT_VIOLATED;
  }

  /** The code for violations of these names: {@link #PASSED} if there are none. */
  static ExitCode ofViolations(Collection<String> names) {
    return names.stream().map(ExitCode::ofViolation).min(Comparator.naturalOrder()).orElse(PASSED);
  }
}
