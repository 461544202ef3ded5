package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Keeps account of all records: appended, completed, removed, committed. */
final class RecordLedger {
  /** The order in which partitions are reported. */
  static final Comparator<TopicPartition> BY_TOPIC =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private final SortedMap<TopicPartition, PartitionLedger> partitions = new TreeMap<>(BY_TOPIC);
  private final NearMap<TopicPartition, PartitionLedger> lookUp = new NearMap<>();
  private final Set<Member> crashed = new HashSet<>();
  private final LogOrder order;

  /** Looks up in {@code order}, which has to have seen each fact first, which record is meant. */
  RecordLedger(LogOrder order) {
    this.order = order;
  }

  void accept(Fact fact) {
    if (fact instanceof Fact.Appended appended) {
      of(appended.partition()).appended(appended.offset());
    } else if (fact instanceof Fact.Started started) {
      if (heard(started.member())) {
        of(started.partition()).consumed();
      }
    } else if (fact instanceof Fact.Completed completed) {
      if (heard(completed.member())) {
        completed(completed);
      }
    } else if (fact instanceof Fact.Committed committed) {
      of(committed.partition()).committed(committed);
    } else if (fact instanceof Fact.Assigned assigned) {
      assigned.partitions().forEach(partition -> of(partition).consumed());
    } else if (fact instanceof Fact.Removed removed) {
      of(removed.partition()).removed(removed.fromOffset(), removed.toOffset());
    } else if (fact instanceof Fact.Truncated truncated) {
      PartitionLedger log = of(truncated.partition());
      if (truncated.deletion()) {
        log.deleted();
      } else {
        log.truncated(truncated.endOffset());
      }
    } else if (fact instanceof Fact.Crashed crash) {
      crashed.add(crash.member());
    }
  }

  private void completed(Fact.Completed fact) {
    PartitionLedger log = of(fact.partition());
    if (order.isCutOff(
        fact.partition(), order.place(fact.partition(), fact.offset(), fact.stamp()))) {
      // Whatever has the offset by now is another record, with which nothing has been done.
      log.consumed();
    } else {
      log.completed(fact.offset());
    }
  }

  /** Returns whether what the member reports counts: it has not crashed. */
  boolean heard(Member member) {
    return crashed.isEmpty() || !crashed.contains(member);
  }

  PartitionLedger of(TopicPartition partition) {
    PartitionLedger ledger = lookUp.get(partition);
    if (ledger == null) {
      ledger = new PartitionLedger();
      lookUp.put(partition, ledger);
      partitions.put(partition, ledger);
    }
    return ledger;
  }

  /**
   * Returns the partitions whose records have to be completed, in order. A partition that nobody
   * ever had is among them if another one of its topic was consumed.
   */
  SortedMap<TopicPartition, PartitionLedger> judged(CheckSettings settings) {
    Set<String> topics = new HashSet<>(settings.topics());
    if (topics.isEmpty()) {
      partitions.forEach(
          (partition, ledger) -> {
            if (ledger.isConsumed()) {
              topics.add(partition.topic());
            }
          });
    }
    SortedMap<TopicPartition, PartitionLedger> judged = new TreeMap<>(partitions);
    judged.keySet().removeIf(partition -> !topics.contains(partition.topic()));
    return judged;
  }
}
