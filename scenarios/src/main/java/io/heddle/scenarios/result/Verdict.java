package io.heddle.scenarios.result;

import java.util.Locale;

/** How a run, or one invariant of it, came out. */
public enum Verdict {
  PASSED,
  FAILED,
  /** The invariant saw nothing that it could have judged. */
  VACUOUS,
  /** The Kafka that the run used cannot be given this fault or asked this question. */
  NOT_APPLIED;

  /** The name in reports: {@code passed}, {@code failed}, {@code vacuous}, {@code not-applied}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
