package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.List;

/** Judges {@link Anomaly#POLL_SKIP}. */
final class PollSkipChecker implements Checker {
  private final Findings findings = new Findings(Anomaly.POLL_SKIP);
  private final TransactionEnds ends = new TransactionEnds();
  private final ReadPositions positions = new ReadPositions();
  private final Places<Fact.OfClient> known = new Places<>();
  private final List<Gap> gaps = new ArrayList<>();

  private record Gap(Fact.Polled before, Fact.Polled after) {}

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    ends.accept(fact);
    positions.accept(fact);
    if (fact instanceof Fact.Truncated) {
      judgeAll();
    }
    known.forget(fact);
    if (fact instanceof Fact.Polled now) {
      findings.judged();
      Fact.Polled before = positions.read(now);
      if (before != null && now.offset() > before.offset() + 1) {
        gaps.add(new Gap(before, now));
      }
      if (now.committedOnly()) {
        // It is there, and committed, whoever wrote it.
        known.put(now.partition(), now.offset(), now);
      }
    } else if (fact instanceof Fact.Sent sent && sent.outcome() == Fact.Outcome.OK) {
      Fact.OfClient unused = known.putIfAbsent(sent.partition(), sent.offset(), sent);
    } else if (fact instanceof Fact.RunEnded) {
      judgeAll();
    }
  }

  private void judgeAll() {
    gaps.forEach(this::judge);
    gaps.clear();
  }

  private void judge(Gap gap) {
    Fact.Polled after = gap.after();
    for (Fact.OfClient fact :
        known
            .of(after.partition())
            .subMap(gap.before().offset(), false, after.offset(), false)
            .values()) {
      boolean visible = !(fact instanceof Fact.Sent sent) || ends.isCommitted(sent.transaction());
      if (visible) {
        long offset =
            fact instanceof Fact.Sent sent ? sent.offset() : ((Fact.Polled) fact).offset();
        findings.violated(
            "%s: %s was given offset %d after offset %d, but not offset %d"
                .formatted(
                    after.partition(),
                    after.member(),
                    after.offset(),
                    gap.before().offset(),
                    offset),
            after,
            Findings.timeline(fact, gap.before(), after));
        return;
      }
    }
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }
}
