package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges {@link Anomaly#ABORTED_READ}. */
final class AbortedReadChecker implements Checker {
  private final Findings findings = new Findings(Anomaly.ABORTED_READ);
  private final TransactionEnds ends = new TransactionEnds();
  private final Places<Fact.Sent> written = new Places<>();
  private final Map<Value, List<Fact.Sent>> sends = new LinkedHashMap<>();
  private final List<Fact.Polled> reads = new ArrayList<>();

  private record Value(String topic, String value) {}

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    ends.accept(fact);
    if (fact instanceof Fact.Sent sent) {
      if (sent.offset() >= 0) {
        written.put(sent.partition(), sent.offset(), sent);
      }
      sends
          .computeIfAbsent(
              new Value(sent.partition().topic(), sent.value()), x -> new ArrayList<>())
          .add(sent);
    } else if (fact instanceof Fact.Polled polled) {
      findings.judged();
      reads.add(polled);
    } else if (fact instanceof Fact.Truncated) {
      // Before its offsets are given to others.
      judgeAll();
      written.cutOff(fact);
    } else if (fact instanceof Fact.RunEnded) {
      judgeAll();
    }
  }

  private void judgeAll() {
    reads.forEach(this::judge);
    reads.clear();
  }

  private void judge(Fact.Polled read) {
    Fact.Sent sent = writeOf(read);
    if (sent == null) {
      return;
    }
    if (sent.outcome() == Fact.Outcome.FAILED) {
      violated(read, sent, "whose send had failed");
    } else if (read.committedOnly() && ends.isAborted(sent.transaction())) {
      violated(read, sent, "of the aborted transaction " + sent.transaction());
    }
  }

  private void violated(Fact.Polled read, Fact.Sent sent, String what) {
    findings.violated(
        "%s: %s was given offset %d (%s), %s"
            .formatted(read.partition(), read.member(), read.offset(), read.value(), what),
        read,
        Findings.timeline(sent, ends.end(sent.transaction()), read));
  }

  /** By its place; else by its value, if only one send can have been it. */
  private Fact.@Nullable Sent writeOf(Fact.Polled read) {
    Fact.Sent there = written.get(read.partition(), read.offset());
    if (there != null) {
      return there;
    }
    List<Fact.Sent> all =
        sends.getOrDefault(new Value(read.partition().topic(), read.value()), List.of());
    return all.size() == 1 && all.get(0).offset() < 0 ? all.get(0) : null;
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }
}
