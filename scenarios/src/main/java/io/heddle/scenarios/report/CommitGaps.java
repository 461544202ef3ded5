package io.heddle.scenarios.report;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What held commits back: a record that was not complete while later ones of its partition were.
 * The longest such times are kept.
 */
public final class CommitGaps {
  /** How many are kept. */
  public static final int MOST = 25;

  private static final Comparator<Gap> SHORTEST_FIRST =
      Comparator.comparingLong(Gap::nanos)
          .thenComparing(Gap::partition, PartitionOrder.BY_TOPIC_THEN_NUMBER.reversed())
          .thenComparing(Comparator.comparingLong(Gap::offset).reversed());

  private final Map<TopicPartition, Log> logs = new TreeMap<>(PartitionOrder.BY_TOPIC_THEN_NUMBER);
  private final PriorityQueue<Gap> longest = new PriorityQueue<>(SHORTEST_FIRST);

  CommitGaps() {}

  /**
   * A record that held a commit back.
   *
   * @param fromNanos when the first record behind it was complete
   * @param toNanos when it was complete itself, or the run ended
   * @param behind how many records behind it were complete by then
   */
  public record Gap(
      TopicPartition partition,
      long offset,
      String key,
      long fromNanos,
      long toNanos,
      long behind,
      boolean ended) {
    /** How long it held the commit back. */
    public long nanos() {
      return toNanos - fromNanos;
    }
  }

  /** The longest, the very longest first. */
  public List<Gap> longest() {
    List<Gap> gaps = new ArrayList<>(longest);
    gaps.sort(SHORTEST_FIRST.reversed());
    return gaps;
  }

  void accept(Fact fact) {
    if (fact instanceof Fact.Appended appended) {
      log(appended.partition()).pending.put(appended.offset(), appended.key());
    } else if (fact instanceof Fact.Completed completed) {
      complete(completed.partition(), completed.offset(), fact.atNanos());
    } else if (fact instanceof Fact.Removed removed) {
      log(removed.partition()).pending.subMap(removed.fromOffset(), removed.toOffset()).clear();
    } else if (fact instanceof Fact.Truncated truncated) {
      log(truncated.partition()).pending.tailMap(truncated.endOffset()).clear();
    } else if (fact instanceof Fact.RunEnded) {
      logs.forEach((partition, log) -> close(partition, log, fact.atNanos(), false));
    }
  }

  private Log log(TopicPartition partition) {
    return logs.computeIfAbsent(partition, each -> new Log());
  }

  private void complete(TopicPartition partition, long offset, long now) {
    Log log = log(partition);
    if (log.pending.isEmpty() || !log.pending.containsKey(offset)) {
      return;
    }
    if (log.pending.firstKey() == offset) {
      close(partition, log, now, true);
      log.pending.remove(offset);
      // Of what was complete behind it, some may now be behind the next one that is not.
      log.behind = log.pending.isEmpty() ? 0 : log.completeAfter(log.pending.firstKey());
      log.blockedSinceNanos = now;
    } else {
      if (log.behind == 0) {
        log.blockedSinceNanos = now;
      }
      log.behind++;
      log.pending.remove(offset);
      log.complete.add(offset);
    }
  }

  private void close(TopicPartition partition, Log log, long now, boolean ended) {
    if (log.behind > 0 && !log.pending.isEmpty()) {
      Map.Entry<Long, String> head = log.pending.firstEntry();
      longest.add(
          new Gap(
              partition,
              head.getKey(),
              head.getValue(),
              log.blockedSinceNanos,
              now,
              log.behind,
              ended));
      if (longest.size() > MOST) {
        longest.remove();
      }
    }
  }

  /** What of a partition is not complete, and what is complete behind that. */
  private static final class Log {
    private final TreeMap<Long, String> pending = new TreeMap<>();
    private final java.util.TreeSet<Long> complete = new java.util.TreeSet<>();
    private long behind;
    private long blockedSinceNanos;

    long completeAfter(long head) {
      complete.headSet(head).clear();
      return complete.size();
    }
  }
}
