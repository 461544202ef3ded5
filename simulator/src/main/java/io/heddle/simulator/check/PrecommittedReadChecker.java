package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.LinkedHashMap;
import java.util.Map;

/** Judges {@link Anomaly#PRECOMMITTED_READ}. */
final class PrecommittedReadChecker implements Checker {
  private final Findings findings = new Findings(Anomaly.PRECOMMITTED_READ);
  private final TransactionEnds ends = new TransactionEnds();
  private final Map<String, Fact.TransactionEnding> committing = new LinkedHashMap<>();
  private final Places<Fact.Sent> written = new Places<>();
  // The first read of each place, and what of transactions had been heard of by then.
  private final Places<Early> early = new Places<>();
  private long heard;
  private final Map<String, Long> committingAt = new LinkedHashMap<>();

  private record Early(Fact.Polled read, long heard) {}

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    ends.accept(fact);
    if (fact instanceof Fact.TransactionEnding ending && ending.commit()) {
      committing.putIfAbsent(ending.transaction(), ending);
      committingAt.putIfAbsent(ending.transaction(), ++heard);
    } else if (fact instanceof Fact.Sent sent
        && sent.outcome() == Fact.Outcome.OK
        && !sent.transaction().isEmpty()) {
      written.put(sent.partition(), sent.offset(), sent);
    } else if (fact instanceof Fact.Polled polled && polled.committedOnly()) {
      findings.judged();
      Early unused =
          early.putIfAbsent(polled.partition(), polled.offset(), new Early(polled, heard));
    } else if (fact instanceof Fact.Truncated) {
      judge();
      written.cutOff(fact);
      early.cutOff(fact);
    } else if (fact instanceof Fact.RunEnded) {
      judge();
    }
  }

  private void judge() {
    early.partitions().forEach(partition -> early.of(partition).values().forEach(this::judge));
    early.partitions().forEach(partition -> early.of(partition).clear());
  }

  private void judge(Early first) {
    Fact.Polled read = first.read();
    Fact.Sent sent = written.get(read.partition(), read.offset());
    // What was aborted is another anomaly.
    if (sent == null || ends.isAborted(sent.transaction())) {
      return;
    }
    Long begun = committingAt.get(sent.transaction());
    boolean never = begun == null && !ends.isCommitted(sent.transaction());
    if (never || (begun != null && begun > first.heard())) {
      findings.violated(
          "%s: %s was given offset %d (%s) before its transaction %s was committed"
              .formatted(
                  read.partition(), read.member(), read.offset(), read.value(), sent.transaction()),
          read,
          Findings.timeline(
              sent, read, committing.get(sent.transaction()), ends.end(sent.transaction())));
    }
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }
}
