package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Judges {@link Anomaly#NON_MONOTONIC_SEND}. */
final class NonMonotonicSendChecker implements Checker {
  private final Findings findings = new Findings(Anomaly.NON_MONOTONIC_SEND);
  private final Map<Lane, TreeMap<Long, Fact.Sent>> lanes = new LinkedHashMap<>();

  private record Lane(Member member, TopicPartition partition) {}

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    if (fact instanceof Fact.Truncated cut) {
      lanes.keySet().removeIf(lane -> lane.partition().equals(cut.partition()));
    } else if (fact instanceof Fact.Sent sent
        && sent.outcome() == Fact.Outcome.OK
        && sent.number() >= 0) {
      findings.judged();
      TreeMap<Long, Fact.Sent> lane =
          lanes.computeIfAbsent(
              new Lane(sent.member(), sent.partition()), absent -> new TreeMap<>());
      Map.Entry<Long, Fact.Sent> before = lane.lowerEntry(sent.number());
      Map.Entry<Long, Fact.Sent> after = lane.higherEntry(sent.number());
      if (before != null && before.getValue().offset() >= sent.offset()) {
        violated(before.getValue(), sent, sent);
      } else if (after != null && after.getValue().offset() <= sent.offset()) {
        violated(sent, after.getValue(), sent);
      }
      lane.put(sent.number(), sent);
    }
  }

  private void violated(Fact.Sent first, Fact.Sent second, Fact.Sent breach) {
    findings.violated(
        "%s: %s sent %s before %s, but their offsets are %d and %d"
            .formatted(
                first.partition(),
                first.member(),
                first.value(),
                second.value(),
                first.offset(),
                second.offset()),
        breach,
        Findings.timeline(first, second));
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }
}
