package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Judges {@link Invariant#PROGRESS}. */
final class ProgressChecker implements Checker {
  private final Findings findings = new Findings(Invariant.PROGRESS);
  private final RecordLedger ledger;
  private final UnfinishedWork unfinished;
  private final CheckSettings settings;
  private Fact.@Nullable Healed healed;

  ProgressChecker(CheckSettings settings, Bookkeeping books) {
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
    if (fact instanceof Fact.Completed completed) {
      if (ledger.heard(completed.member())) {
        findings.judged();
      }
    } else if (fact instanceof Fact.Healed now) {
      healed = now;
      findings.forgetJudged();
    } else if (fact instanceof Fact.RunEnded end) {
      ended(end);
    }
  }

  private void ended(Fact.RunEnded end) {
    SortedMap<TopicPartition, PartitionLedger> judged = ledger.judged(settings);
    long appended = judged.values().stream().mapToLong(PartitionLedger::appended).sum();
    if (appended > 0) {
      findings.judged();
    }
    if (end.finished()) {
      return;
    }
    StringBuilder message = new StringBuilder("the run did not finish");
    if (!end.detail().isEmpty()) {
      message.append(" (").append(end.detail()).append(')');
    }
    long pending = judged.values().stream().mapToLong(log -> log.pending().size()).sum();
    message.append(left(pending, appended));
    Fact blocking = null;
    for (Map.Entry<TopicPartition, PartitionLedger> entry : judged.entrySet()) {
      TopicPartition partition = entry.getKey();
      long first = entry.getValue().pending().first();
      if (first >= 0) {
        message.append("; in ").append(partition).append(' ');
        message.append(unfinished.describe(partition, first));
        blocking = unfinished.started(partition, first);
        break;
      }
    }
    findings.violated(message.toString(), end, Findings.timeline(blocking, healed, end));
  }

  /** What is said in front of it tells what else has not ended. */
  private static String left(long pending, long appended) {
    if (appended == 0) {
      return ", and no record was produced";
    }
    return pending == 0
        ? ", though "
            + (appended == 1 ? "its record is" : "all " + appended + " records are")
            + " completed"
        : ": %d of %d records %s not completed"
            .formatted(pending, appended, pending == 1 ? "is" : "are");
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }
}
