package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.Map;
import java.util.NavigableMap;
import org.apache.kafka.common.TopicPartition;

/** Judges {@link Anomaly#LOST_WRITE}. */
final class LostWriteChecker implements Checker {
  private final Findings findings = new Findings(Anomaly.LOST_WRITE);
  private final TransactionEnds ends = new TransactionEnds();
  private final Places<Fact.Sent> written = new Places<>();
  // The reads nearest to what was not read are what shows the loss.
  private final Places<Fact.Polled> read = new Places<>();

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    ends.accept(fact);
    written.forget(fact);
    read.cutOff(fact);
    if (fact instanceof Fact.Sent sent && sent.outcome() == Fact.Outcome.OK) {
      findings.judged();
      written.put(sent.partition(), sent.offset(), sent);
    } else if (fact instanceof Fact.Polled polled) {
      Fact.Polled unused = read.putIfAbsent(polled.partition(), polled.offset(), polled);
    } else if (fact instanceof Fact.RunEnded) {
      written.partitions().forEach(this::judge);
    }
  }

  private void judge(TopicPartition partition) {
    NavigableMap<Long, Fact.Polled> reads = read.of(partition);
    for (Fact.Sent sent : written.of(partition).values()) {
      Map.Entry<Long, Fact.Polled> before = reads.floorEntry(sent.offset());
      Map.Entry<Long, Fact.Polled> after = reads.ceilingEntry(sent.offset());
      boolean between = before != null && after != null;
      if (between && before.getKey() < sent.offset() && ends.isCommitted(sent.transaction())) {
        findings.violated(
            "%s: offset %d (%s), which %s wrote, was never read, but offsets %d and %d were"
                .formatted(
                    partition,
                    sent.offset(),
                    sent.value(),
                    sent.member(),
                    before.getKey(),
                    after.getKey()),
            after.getValue(),
            Findings.timeline(
                sent, ends.end(sent.transaction()), before.getValue(), after.getValue()));
      }
    }
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }
}
