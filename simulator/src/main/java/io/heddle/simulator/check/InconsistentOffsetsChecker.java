package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import org.apache.kafka.common.TopicPartition;

/** Judges {@link Anomaly#INCONSISTENT_OFFSETS}. */
final class InconsistentOffsetsChecker implements Checker {
  private final Findings findings = new Findings(Anomaly.INCONSISTENT_OFFSETS);
  private final Places<Seen> seen = new Places<>();

  private record Seen(String value, Fact.OfClient fact) {}

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    seen.cutOff(fact);
    if (fact instanceof Fact.Sent sent && sent.outcome() == Fact.Outcome.OK) {
      judge(sent.partition(), sent.offset(), new Seen(sent.value(), sent));
    } else if (fact instanceof Fact.Polled polled) {
      judge(polled.partition(), polled.offset(), new Seen(polled.value(), polled));
    }
  }

  private void judge(TopicPartition partition, long offset, Seen now) {
    findings.judged();
    Seen before = seen.putIfAbsent(partition, offset, now);
    if (before != null && !before.value().equals(now.value())) {
      findings.violated(
          "%s: offset %d is %s to %s and %s to %s"
              .formatted(
                  partition,
                  offset,
                  before.value(),
                  before.fact().member(),
                  now.value(),
                  now.fact().member()),
          now.fact(),
          Findings.timeline(before.fact(), now.fact()));
    }
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }
}
