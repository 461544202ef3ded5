package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Judges {@link Invariant#STORE}. */
final class StoreChecker implements Checker {
  private static final int LISTED = 10;

  private final Findings findings = new Findings(Invariant.STORE);
  private final RecordLedger ledger;
  private final CheckSettings settings;
  private final NearMap<TopicPartition, OffsetMap<String>> keys = new NearMap<>();
  private final Map<TopicPartition, OffsetSet> stored = new LinkedHashMap<>();
  private final Set<TopicPartition> truncated = new TreeSet<>(RecordLedger.BY_TOPIC);

  StoreChecker(CheckSettings settings, Bookkeeping books) {
    ledger = books.ledger();
    this.settings = settings;
  }

  @Override
  public String name() {
    return findings.name();
  }

  @Override
  public void accept(Fact fact) {
    if (fact instanceof Fact.Appended record) {
      String unused = keysOf(record.partition()).put(record.offset(), record.key());
    } else if (fact instanceof Fact.Truncated loss) {
      truncated.add(loss.partition());
    } else if (fact instanceof Fact.Stored entry) {
      findings.judged();
      if (truncated.contains(entry.input())) {
        // What was applied before the loss may be gone from the log, or another record by now.
        findings.excused("truncated log");
      } else {
        judge(entry);
      }
    } else if (fact instanceof Fact.RunEnded end && end.finished() && !stored.isEmpty()) {
      ledger.judged(settings).forEach((partition, log) -> judge(partition, log, end));
    }
  }

  private OffsetMap<String> keysOf(TopicPartition partition) {
    return keys.get(partition, OffsetMap::new);
  }

  private void judge(Fact.Stored entry) {
    OffsetSet made = stored.computeIfAbsent(entry.input(), each -> new OffsetSet());
    long before = -1;
    for (long offset : entry.offsets()) {
      String wrong = wrong(entry, offset, before);
      if (wrong != null) {
        findings.violated(
            "%s: the entry of key %s %s; it is made of %s"
                .formatted(entry.input(), entry.key(), wrong, listed(entry.offsets())),
            entry,
            Findings.timeline(entry));
        return;
      }
      before = offset;
    }
    entry.offsets().forEach(made::add);
  }

  private @Nullable String wrong(Fact.Stored entry, long offset, long before) {
    String key = keysOf(entry.input()).get(offset);
    if (offset == before) {
      return "has offset %d twice".formatted(offset);
    } else if (offset < before) {
      return "has offset %d behind offset %d".formatted(offset, before);
    } else if (key == null) {
      return "has offset %d, which was never appended".formatted(offset);
    }
    return key.equals(entry.key())
        ? null
        : "has offset %d, which is of key %s".formatted(offset, key);
  }

  private void judge(TopicPartition partition, PartitionLedger log, Fact.RunEnded end) {
    if (truncated.contains(partition)) {
      return;
    }
    OffsetSet made = stored.computeIfAbsent(partition, each -> new OffsetSet());
    List<Long> missing = new ArrayList<>();
    for (long offset = log.kept().first(); offset >= 0; offset = log.kept().next(offset + 1)) {
      if (!made.contains(offset)) {
        missing.add(offset);
      }
    }
    if (!missing.isEmpty()) {
      findings.violated(
          "%s: %d of %d records %s in no entry of the store: %s %s"
              .formatted(
                  partition,
                  missing.size(),
                  log.appended(),
                  missing.size() == 1 ? "is" : "are",
                  missing.size() == 1 ? "offset" : "offsets",
                  listed(missing)),
          end,
          Findings.timeline(end));
    }
  }

  private static String listed(List<Long> offsets) {
    String some =
        offsets.stream().limit(LISTED).map(String::valueOf).collect(Collectors.joining(", "));
    return offsets.size() > LISTED ? some + ", … (" + offsets.size() + " in all)" : some;
  }

  @Override
  public CheckReport report() {
    return findings.report();
  }
}
