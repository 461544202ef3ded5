package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Judges {@link Invariant#AT_LEAST_ONCE}. */
final class AtLeastOnceChecker implements Checker {
  private static final int LISTED = 10;
  private static final int SHOWN = 3;

  private final Findings findings = new Findings(Invariant.AT_LEAST_ONCE);
  private final RecordLedger ledger;
  private final UnfinishedWork unfinished;
  private final CheckSettings settings;

  AtLeastOnceChecker(CheckSettings settings, Bookkeeping books) {
    ledger = books.ledger();
    unfinished = books.unfinished();
    this.settings = settings;
  }

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    if (fact instanceof Fact.RunEnded end) {
      ledger.judged(settings).forEach((partition, log) -> judge(partition, log, end));
    }
  }

  private void judge(TopicPartition partition, PartitionLedger log, Fact.RunEnded end) {
    long limit = end.finished() ? Long.MAX_VALUE : log.committedOffset();
    long lost = log.pending().sizeBelow(limit);
    findings.judged(end.finished() ? log.appended() : log.doneBelow(limit) + lost);
    if (lost == 0) {
      return;
    }
    List<Long> offsets = firstLost(log, limit);
    String which =
        offsets.stream().map(String::valueOf).collect(Collectors.joining(", "))
            + (lost > offsets.size() ? ", …" : "");
    String where =
        end.finished()
            ? "%d of %d records".formatted(lost, log.appended())
            : "%d of the records below the committed offset %d".formatted(lost, limit);
    findings.violated(
        "%s: %s never completed: %s %s; %s"
            .formatted(
                partition,
                where + (lost == 1 ? " was" : " were"),
                lost == 1 ? "offset" : "offsets",
                which,
                unfinished.describe(partition, offsets.get(0))),
        end,
        timeline(partition, log, offsets, end));
  }

  private static List<Long> firstLost(PartitionLedger log, long limit) {
    List<Long> offsets = new ArrayList<>();
    for (long offset = log.pending().first();
        offset >= 0 && offset < limit && offsets.size() < LISTED;
        offset = log.pending().next(offset + 1)) {
      offsets.add(offset);
    }
    return offsets;
  }

  private List<Fact> timeline(
      TopicPartition partition, PartitionLedger log, List<Long> offsets, Fact.RunEnded end) {
    List<@Nullable Fact> facts = new ArrayList<>();
    for (long offset : offsets.subList(0, Math.min(SHOWN, offsets.size()))) {
      facts.add(unfinished.started(partition, offset));
      facts.add(unfinished.ended(partition, offset));
    }
    if (log.committedOffset() > offsets.get(0)) {
      facts.add(log.lastCommit());
    }
    facts.add(end);
    return Findings.timeline(facts.toArray(new Fact[0]));
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }
}
