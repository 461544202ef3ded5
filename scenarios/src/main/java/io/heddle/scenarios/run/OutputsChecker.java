package io.heddle.scenarios.run;

import io.heddle.simulator.check.CheckReport;
import io.heddle.simulator.check.Checker;
import io.heddle.simulator.check.Violation;
import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Every record that is complete has all its outputs in the log when its offset is committed, and no
 * attempt that failed has any. Judges the records below each commit, once each, by what logs really
 * took; vacuous without them. Excused: a partition that lost its tail, since other records have the
 * offsets then. Not thread-safe.
 */
final class OutputsChecker implements Checker {
  static final String NAME = "outputs";

  private static final int KEPT = 20;

  /** One partition that is consumed. */
  private static final class Log {
    private final List<BitSet> parts = new ArrayList<>();
    private final BitSet completed = new BitSet();
    private final BitSet unjudged = new BitSet();
    private final BitSet removed = new BitSet();
    private long committed;
    private boolean cut;

    private Log(int each) {
      for (int i = 0; i < each; i++) {
        parts.add(new BitSet());
      }
    }

    private int outputs(int offset) {
      return (int) parts.stream().filter(part -> part.get(offset)).count();
    }
  }

  private final String topic;
  private final int each;
  private final boolean atCommits;
  private final Map<TopicPartition, Log> logs = new TreeMap<>(Partitions.ORDER);
  private final Set<String> failedSeen = new HashSet<>();
  private final List<Violation> kept = new ArrayList<>();
  private final SortedMap<String, Long> excused = new TreeMap<>();
  private long judged;
  private long violated;

  /**
   * @param topic the topic of the outputs
   * @param each how many of them each record has
   * @param atCommits whether outputs are told of as logs take them, rather than when all is over
   */
  OutputsChecker(String topic, int each, boolean atCommits) {
    this.topic = topic;
    this.each = each;
    this.atCommits = atCommits;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void accept(Fact fact) {
    if (fact instanceof Fact.Appended record) {
      if (record.partition().topic().equals(topic)) {
        Answer.decode(record.key()).ifPresent(answer -> appended(record, answer));
      }
    } else if (fact instanceof Fact.Completed done) {
      completed(log(done.partition()), Math.toIntExact(done.offset()));
    } else if (fact instanceof Fact.Committed commit) {
      Log log = log(commit.partition());
      log.committed = Math.max(log.committed, commit.offset());
      if (atCommits) {
        judge(commit.partition(), log, commit);
      }
    } else if (fact instanceof Fact.Removed gone) {
      log(gone.partition())
          .removed
          .set(Math.toIntExact(gone.fromOffset()), Math.toIntExact(gone.toOffset()));
    } else if (fact instanceof Fact.Truncated cut) {
      log(cut.partition()).cut = true;
    } else if (fact instanceof Fact.RunEnded end) {
      logs.forEach((partition, log) -> judge(partition, log, end));
    }
  }

  private Log log(TopicPartition partition) {
    return logs.computeIfAbsent(partition, id -> new Log(each));
  }

  /** What comes again has been judged before, if its offset was committed. */
  private static void completed(Log log, int offset) {
    if (!log.completed.get(offset)) {
      log.completed.set(offset);
      log.unjudged.set(offset);
    }
  }

  private void appended(Fact.Appended record, Answer answer) {
    if (answer.failed()) {
      if (failedSeen.add(record.key())) {
        violated(
            "%s: offset %d has an output, at %s@%d, of an attempt that failed"
                .formatted(answer.input(), answer.offset(), record.partition(), record.offset()),
            record,
            List.of(record));
      }
    } else if (answer.part() < each) {
      log(answer.input()).parts.get(answer.part()).set(Math.toIntExact(answer.offset()));
    }
  }

  private void judge(TopicPartition partition, Log log, Fact at) {
    int end = Math.toIntExact(log.committed);
    for (int offset = log.unjudged.nextSetBit(0);
        offset >= 0 && offset < end;
        offset = log.unjudged.nextSetBit(offset + 1)) {
      log.unjudged.clear(offset);
      judged++;
      int there = log.outputs(offset);
      if (there == each) {
        continue;
      }
      if (log.cut) {
        excused.merge("the log lost its tail", 1L, Long::sum);
      } else if (log.removed.get(offset)) {
        // Whoever completed it may have died with its outputs, and nobody can read it again.
        excused.merge("the record was removed", 1L, Long::sum);
      } else {
        violated(
            "%s: offset %d is committed, and %d of its %d outputs %s in the log"
                .formatted(partition, offset, there, each, there == 1 ? "is" : "are"),
            at,
            List.of(at));
      }
    }
  }

  private void violated(String message, Fact at, List<Fact> timeline) {
    violated++;
    if (kept.size() < KEPT) {
      kept.add(new Violation(NAME, message, at.atNanos(), timeline));
    }
  }

  @Override
  public boolean isViolated() {
    return violated > 0;
  }

  @Override
  public CheckReport report() {
    return new CheckReport(NAME, judged, violated, kept, excused);
  }
}
