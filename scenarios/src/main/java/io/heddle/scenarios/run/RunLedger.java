package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult.InvariantResult;
import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.scenarios.result.Verdict;
import io.heddle.simulator.check.CheckReport;
import io.heddle.simulator.check.CheckSettings;
import io.heddle.simulator.check.Checks;
import io.heddle.simulator.check.Invariant;
import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Takes the facts of a run down: for the checkers, the marks, and to know how far it has come. Not
 * thread-safe.
 */
final class RunLedger {
  private final Checks checks;
  private final Marks marks = new Marks();
  private final Map<TopicPartition, Long> ends = new TreeMap<>(Partitions.ORDER);
  private final Map<TopicPartition, Long> committed = new TreeMap<>(Partitions.ORDER);
  private final Map<TopicPartition, java.util.BitSet> complete = new TreeMap<>(Partitions.ORDER);
  private long appended;
  private long completed;
  private long maxLag;

  RunLedger(Scenario scenario, Collection<String> invariants, Collection<String> topics) {
    this.checks =
        Checks.of(
            invariants.stream().map(Invariant::of).toList(),
            CheckSettings.DEFAULT
                .withTopics(topics)
                .withRevokeDeadline(scenario.engine().drain().timeout()));
  }

  void accept(Fact fact) {
    checks.accept(fact);
    marks.accept(fact);
    if (fact instanceof Fact.Appended record) {
      appended++;
      ends.merge(record.partition(), record.offset() + 1, Math::max);
      lag(record.partition());
    } else if (fact instanceof Fact.Completed record) {
      java.util.BitSet offsets =
          complete.computeIfAbsent(record.partition(), partition -> new java.util.BitSet());
      if (!offsets.get((int) record.offset())) {
        offsets.set((int) record.offset());
        completed++;
      }
    } else if (fact instanceof Fact.Committed commit) {
      committed.put(commit.partition(), commit.offset());
    }
  }

  private void lag(TopicPartition partition) {
    long lag = ends.getOrDefault(partition, 0L) - committed.getOrDefault(partition, 0L);
    maxLag = Math.max(maxLag, lag);
  }

  long appended() {
    return appended;
  }

  /** How many different records are complete. */
  long completed() {
    return completed;
  }

  /** The most records that a partition's committed offset was ever behind its end. */
  long maxLag() {
    return maxLag;
  }

  Marks marks() {
    return marks;
  }

  /** Whether everything that was appended is complete and committed. */
  boolean drained() {
    return completed == appended && lagging().isEmpty();
  }

  /** The partitions whose committed offset is not at the end. */
  private List<String> lagging() {
    List<String> behind = new ArrayList<>();
    ends.forEach(
        (partition, end) -> {
          long at = committed.getOrDefault(partition, 0L);
          if (at < end) {
            behind.add(partition + " committed " + at + " of " + end);
          }
        });
    return behind;
  }

  /** How far the run has come, for a message. */
  String state() {
    List<String> behind = lagging();
    return completed
        + " of "
        + appended
        + " records complete"
        + (behind.isEmpty() ? "" : "; " + String.join(", ", behind));
  }

  SortedMap<String, Long> markCounts() {
    return marks.counts();
  }

  List<Violation> violations() {
    return checks.violations().stream()
        .map(
            violation ->
                new Violation(
                    violation.invariant(),
                    violation.message(),
                    violation.atNanos() / 1_000_000,
                    violation.lines()))
        .toList();
  }

  List<InvariantResult> invariants() {
    List<InvariantResult> results = new ArrayList<>();
    for (CheckReport report : checks.reports()) {
      Verdict verdict =
          !report.holds() ? Verdict.FAILED : report.vacuous() ? Verdict.VACUOUS : Verdict.PASSED;
      results.add(
          new InvariantResult(report.invariant(), report.facts(), verdict, excuses(report)));
    }
    return results;
  }

  private static @org.jspecify.annotations.Nullable String excuses(CheckReport report) {
    if (report.excused().isEmpty()) {
      return null;
    }
    List<String> parts = new ArrayList<>();
    report.excused().forEach((reason, count) -> parts.add(count + " by " + reason));
    return "excused: " + String.join(", ", parts);
  }
}
