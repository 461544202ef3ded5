package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;

/** Judges {@link Anomaly#NON_MONOTONIC_POLL}. */
final class NonMonotonicPollChecker implements Checker {
  private final Findings findings = new Findings(Anomaly.NON_MONOTONIC_POLL);
  private final ReadPositions positions = new ReadPositions();

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    positions.accept(fact);
    if (fact instanceof Fact.Polled now) {
      findings.judged();
      Fact.Polled before = positions.read(now);
      if (before != null && now.offset() <= before.offset()) {
        findings.violated(
            "%s: %s was given offset %d after offset %d"
                .formatted(now.partition(), now.member(), now.offset(), before.offset()),
            now,
            Findings.timeline(before, now));
      }
    }
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }
}
