package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Judges {@link Invariant#COMMIT_PREFIX}. */
final class CommitPrefixChecker implements Checker {
  private final Findings findings = new Findings(Invariant.COMMIT_PREFIX);
  private final Ownership ownership;
  private final LostLogs lostLogs;
  private final RecordLedger ledger;
  private final UnfinishedWork unfinished;
  private final Map<TopicPartition, Long> reported = new HashMap<>();
  private final MetadataReader metadata;

  CommitPrefixChecker(CheckSettings settings, Bookkeeping books) {
    ownership = books.ownership();
    lostLogs = books.lostLogs();
    ledger = books.ledger();
    unfinished = books.unfinished();
    metadata = settings.metadata();
  }

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    if (fact instanceof Fact.Committed committed) {
      committed(committed);
    } else if (fact instanceof Fact.Appended appended) {
      appended(appended);
    } else if (fact instanceof Fact.Truncated truncated) {
      reported.remove(truncated.partition());
    }
  }

  private void committed(Fact.Committed commit) {
    PartitionLedger log = ledger.of(commit.partition());
    if (log.lowest() >= commit.offset()) {
      return;
    }
    findings.judged();
    if (lostLogs.isAboutLost(commit)) {
      findings.excused("of a log that lost its tail");
      return;
    }
    long gap = log.pending().first();
    if (gap >= 0 && gap < commit.offset() && firstReport(commit.partition(), gap)) {
      violated(
          commit,
          gap,
          "%s: offset %d was committed by %s although %s"
              .formatted(
                  commit.partition(),
                  commit.offset(),
                  commit.member(),
                  unfinished.describe(commit.partition(), gap)));
    }
    if (!commit.metadata().isEmpty()) {
      metadata(commit, log);
    }
  }

  private void metadata(Fact.Committed commit, PartitionLedger log) {
    MetadataReader.Claim claim =
        metadata.completedAbove(commit.partition(), commit.offset(), commit.metadata());
    for (long offset : claim.offsets()) {
      // Outside the simulator a producer can hear of its record later than a consumer.
      boolean beyond = offset >= log.end() && !log.isDone(offset);
      if (offset >= commit.offset() && (beyond || log.pending().contains(offset))) {
        if (offset < log.unjudgedBelow() || lostLogs.isLost(commit, offset, claim.leaderEpoch())) {
          findings.excused("of a log that lost its tail");
          return;
        }
        violated(
            commit,
            offset,
            "%s: the metadata of the commit of offset %d by %s declares offset %d complete although %s"
                .formatted(
                    commit.partition(),
                    commit.offset(),
                    commit.member(),
                    offset,
                    beyond
                        ? "the log ends at offset " + log.end()
                        : unfinished.describe(commit.partition(), offset)));
        return;
      }
    }
  }

  /** A commit beyond the end of the log shows when the next record falls below it. */
  private void appended(Fact.Appended appended) {
    PartitionLedger log = ledger.of(appended.partition());
    Fact.Committed commit = log.lastCommit();
    if (commit != null
        && appended.offset() < log.committedOffset()
        && log.pending().contains(appended.offset())
        && !lostLogs.isAboutLost(commit)
        && firstReport(appended.partition(), appended.offset())) {
      findings.violated(
          "%s: offset %d was committed by %s before offset %d (key %s) was appended"
              .formatted(
                  appended.partition(),
                  commit.offset(),
                  commit.member(),
                  appended.offset(),
                  appended.key()),
          appended,
          Findings.timeline(commit, appended));
    }
  }

  private boolean firstReport(TopicPartition partition, long offset) {
    Long before = reported.put(partition, offset);
    return before == null || before != offset;
  }

  private void violated(Fact.Committed commit, long offset, String message) {
    findings.violated(
        message,
        commit,
        Findings.timeline(
            ownership.tenure(commit.member(), commit.partition()).since(),
            unfinished.started(commit.partition(), offset),
            unfinished.ended(commit.partition(), offset),
            commit));
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }
}
