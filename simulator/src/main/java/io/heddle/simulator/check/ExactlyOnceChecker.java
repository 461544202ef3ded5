package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Judges {@link Invariant#EXACTLY_ONCE}. */
final class ExactlyOnceChecker implements Checker {
  private static final int LISTED = 10;

  private final Findings findings = new Findings(Invariant.EXACTLY_ONCE);
  private final RecordLedger ledger;
  private final CheckSettings settings;
  private final Map<TopicPartition, OffsetSet> seen = new LinkedHashMap<>();
  private final Map<Place, Fact.Visible> first = new LinkedHashMap<>();

  private record Place(TopicPartition partition, long offset) {}

  ExactlyOnceChecker(CheckSettings settings, Bookkeeping books) {
    ledger = books.ledger();
    this.settings = settings;
  }

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    if (fact instanceof Fact.Visible visible) {
      visible(visible);
    } else if (fact instanceof Fact.RunEnded end && end.finished() && !first.isEmpty()) {
      ledger.judged(settings).forEach((partition, log) -> judge(partition, log, end));
    }
  }

  private void visible(Fact.Visible visible) {
    findings.judged();
    PartitionLedger log = ledger.of(visible.input());
    Fact.Visible before =
        first.putIfAbsent(new Place(visible.input(), visible.inputOffset()), visible);
    if (before == null) {
      seen.computeIfAbsent(visible.input(), partition -> new OffsetSet())
          .add(visible.inputOffset());
      if (visible.inputOffset() >= log.end() && !log.isOfLostRecord(visible.inputOffset())) {
        findings.violated(
            "%s: offset %d has an output, at %s@%d, but was never appended"
                .formatted(
                    visible.input(), visible.inputOffset(), visible.partition(), visible.offset()),
            visible,
            Findings.timeline(visible));
      }
    } else if (before.offset() != visible.offset()
        || !before.partition().equals(visible.partition())) {
      if (log.hasLostRecords()) {
        // Whoever had read the lost tail may have to begin anew, with what it had committed.
        findings.excused("of a log that lost its tail");
        return;
      }
      findings.violated(
          "%s: offset %d has two outputs: %s@%d and %s@%d"
              .formatted(
                  visible.input(),
                  visible.inputOffset(),
                  before.partition(),
                  before.offset(),
                  visible.partition(),
                  visible.offset()),
          visible,
          Findings.timeline(before, visible));
    }
  }

  private void judge(TopicPartition partition, PartitionLedger log, Fact.RunEnded end) {
    OffsetSet outputs = seen.computeIfAbsent(partition, each -> new OffsetSet());
    List<Long> missing = new ArrayList<>();
    long count = 0;
    for (long offset = log.kept().first(); offset >= 0; offset = log.kept().next(offset + 1)) {
      if (!outputs.contains(offset) && log.isOfLostRecord(offset)) {
        findings.excused("of a log that lost its tail");
      } else if (!outputs.contains(offset)) {
        count++;
        if (missing.size() < LISTED) {
          missing.add(offset);
        }
      }
    }
    if (count > 0) {
      String which =
          missing.stream().map(String::valueOf).collect(Collectors.joining(", "))
              + (count > missing.size() ? ", …" : "");
      findings.violated(
          "%s: %d of %d records %s no output that readers of committed records see: %s %s"
              .formatted(
                  partition,
                  count,
                  log.appended(),
                  count == 1 ? "has" : "have",
                  count == 1 ? "offset" : "offsets",
                  which),
          end,
          Findings.timeline(end));
    }
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }
}
