package io.heddle.scenarios.run;

import io.heddle.engine.CompletedOffsets;
import io.heddle.scenarios.load.LoadRun;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Workload;
import io.heddle.scenarios.report.RunHistory;
import io.heddle.scenarios.result.RunResult.InvariantResult;
import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.scenarios.result.Verdict;
import io.heddle.simulator.check.CheckReport;
import io.heddle.simulator.check.CheckSettings;
import io.heddle.simulator.check.Checks;
import io.heddle.simulator.check.Invariant;
import io.heddle.simulator.check.MetadataReader;
import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Takes the facts of a run down: for the checkers, the marks, and to know how far it has come. Not
 * thread-safe.
 */
final class RunLedger {
  private final Judges judges;
  private final Marks marks;
  private final Set<String> topics;
  private final Optional<RunHistory> history;
  private final Optional<LoadRun> load;
  private final Map<TopicPartition, LogProgress> logs = new TreeMap<>(Partitions.ORDER);
  // The same, only looked up: it is for nearly every fact.
  private final Map<TopicPartition, LogProgress> near = new HashMap<>();
  private final Set<TopicPartition> assignedEver = new TreeSet<>(Partitions.ORDER);
  private final int partitions;
  private final long expected;
  private long appended;
  private long completed;
  private long maxLag;
  private long checkNanos;

  /**
   * @param outputs judges what the members answer, which is asked if that is among the invariants
   */
  RunLedger(
      Scenario scenario,
      Collection<String> invariants,
      Collection<String> topics,
      Optional<OutputsChecker> outputs,
      RunOptions options) {
    this.history = options.history();
    this.load = options.load();
    this.expected =
        load.isPresent()
            ? load.get().expected()
            : scenario.produce().stream().mapToLong(PlannedRecords::expected).sum();
    this.topics = new TreeSet<>(topics);
    this.partitions = scenario.topics().stream().mapToInt(Topic::partitions).sum();
    Map<String, Integer> partitions = new TreeMap<>();
    scenario.topics().forEach(topic -> partitions.put(topic.name(), topic.partitions()));
    this.marks = new Marks(partitions, inTransactions(scenario));
    Checks checks =
        Checks.of(
            invariants.stream()
                .filter(name -> !name.equals(OutputsChecker.NAME))
                .map(Invariant::of)
                .toList(),
            CheckSettings.DEFAULT
                .withTopics(topics)
                .withMetadata(RunLedger::claimed)
                .withRevokeDeadline(scenario.engine().drain().timeout())
                // The engine seeks to what was committed, and nowhere else.
                .withSeeksAreMeant(options.peer().isPresent()));
    this.judges =
        new Judges(
            List.copyOf(invariants),
            checks,
            outputs.filter(each -> invariants.contains(each.name())));
  }

  private static Set<String> inTransactions(Scenario scenario) {
    return scenario.produce().stream()
        .filter(each -> each.transactions().isPresent())
        .map(Workload::topic)
        .collect(Collectors.toSet());
  }

  /** What the engine wrote into a commit's metadata; nothing of what others write there. */
  private static MetadataReader.Claim claimed(
      TopicPartition partition, long offset, String metadata) {
    return CompletedOffsets.of(offset, metadata)
        .map(read -> new MetadataReader.Claim(read.offsets(), read.leaderEpoch()))
        .orElse(MetadataReader.Claim.NOTHING);
  }

  void accept(Fact fact) {
    check(fact);
    marks.accept(fact);
    if (history.isPresent()) {
      take(history.get(), fact);
    }
    if (fact instanceof Fact.Appended record && topics.contains(record.partition().topic())) {
      appended++;
      LogProgress log = log(record.partition());
      log.appended(record.offset());
      maxLag = Math.max(maxLag, log.lag());
    } else if (fact instanceof Fact.Completed record) {
      LogProgress log = log(record.partition());
      completed += log.completed(record.offset(), record.stamp().leaderEpoch()) ? 1 : 0;
    } else if (fact instanceof Fact.Committed commit) {
      log(commit.partition()).committed(commit.offset());
    } else if (fact instanceof Fact.Assigned assigned && load.isPresent()) {
      assignedEver.addAll(assigned.partitions());
    } else if (fact instanceof Fact.Removed removed) {
      log(removed.partition()).removed(removed.fromOffset(), removed.toOffset());
    } else if (fact instanceof Fact.Truncated loss) {
      log(loss.partition()).truncated(loss);
    }
  }

  private void check(Fact fact) {
    if (load.isEmpty()) {
      judges.accept(fact);
      return;
    }
    long startedNanos = System.nanoTime();
    judges.accept(fact);
    checkNanos += System.nanoTime() - startedNanos;
  }

  private LogProgress log(TopicPartition partition) {
    LogProgress log = near.get(partition);
    if (log == null) {
      log = logs.computeIfAbsent(partition, id -> new LogProgress());
      near.put(partition, log);
    }
    return log;
  }

  private void take(RunHistory taken, Fact fact) {
    taken.accept(fact);
    if (taken.scene().violation().isEmpty()) {
      judges.firstViolation().ifPresent(taken::violated);
    }
  }

  long appended() {
    return appended;
  }

  /** How many records there are to be, as far as that is known. */
  long expected() {
    return expected;
  }

  /** How many different records are complete. */
  long completed() {
    return completed;
  }

  /** The most records that a partition's committed offset was ever behind its end. */
  long maxLag() {
    return maxLag;
  }

  /** Tells the load, if there is one, how long checking took. */
  void tellLoad() {
    load.ifPresent(each -> each.recorder().checked(checkNanos));
  }

  /** Whether each partition has been assigned to somebody, under load. */
  boolean ready() {
    return assignedEver.size() >= partitions;
  }

  Marks marks() {
    return marks;
  }

  /** Whether everything that is still in a log is complete and committed. */
  boolean drained() {
    return logs.values().stream().allMatch(log -> log.outstanding() == 0 && !log.isBehind());
  }

  /** How far the run has come, for a message. */
  String state() {
    List<String> behind = new ArrayList<>();
    logs.forEach(
        (partition, log) -> {
          if (log.isBehind()) {
            behind.add(partition + " committed " + log.committed() + " of " + log.end());
          }
        });
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
    return judges.violations().stream()
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
    for (CheckReport report : judges.reports()) {
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
    report.excused().forEach((reason, count) -> parts.add(count + " × " + reason));
    return "excused: " + String.join(", ", parts);
  }
}
