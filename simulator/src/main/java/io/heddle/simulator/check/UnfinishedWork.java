package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Stamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Remembers how far the work on each record got that is not completed, for messages. */
final class UnfinishedWork {
  private final RecordLedger ledger;
  private final LogOrder order;
  private final NearMap<TopicPartition, OffsetMap<Work>> works = new NearMap<>();

  /** Looks up in the ledger, which has to have seen each fact first, what is completed. */
  UnfinishedWork(RecordLedger ledger, LogOrder order) {
    this.ledger = ledger;
    this.order = order;
  }

  void accept(Fact fact) {
    if (fact instanceof Fact.Started started) {
      if (ledger.heard(started.member())
          && !ledger.of(started.partition()).isDone(started.offset())
          && !isCutOff(started.partition(), started.offset(), started.stamp())) {
        Work unused = of(started.partition()).put(started.offset(), new Work(started));
      }
    } else if (fact instanceof Fact.Ended ended) {
      Work work = at(ended.partition(), ended.offset());
      if (work != null
          && work.started.member().equals(ended.member())
          && ledger.heard(ended.member())) {
        work.ended = ended;
      }
    } else if (fact instanceof Fact.Completed completed) {
      if (ledger.heard(completed.member())
          && !isCutOff(completed.partition(), completed.offset(), completed.stamp())) {
        Work unused = of(completed.partition()).remove(completed.offset());
      }
    } else if (fact instanceof Fact.Truncated truncated) {
      of(truncated.partition()).removeFrom(truncated.endOffset());
    }
  }

  private boolean isCutOff(TopicPartition partition, long offset, Stamp stamp) {
    return order.isCutOff(partition, order.place(partition, offset, stamp));
  }

  private OffsetMap<Work> of(TopicPartition partition) {
    return works.get(partition, OffsetMap::new);
  }

  private @Nullable Work at(TopicPartition partition, long offset) {
    OffsetMap<Work> ofPartition = works.get(partition);
    return ofPartition == null ? null : ofPartition.get(offset);
  }

  Fact.@Nullable Started started(TopicPartition partition, long offset) {
    Work work = at(partition, offset);
    return work == null ? null : work.started;
  }

  Fact.@Nullable Ended ended(TopicPartition partition, long offset) {
    Work work = at(partition, offset);
    return work == null ? null : work.ended;
  }

  /** Returns how far the work got, as a clause whose subject is the offset. */
  String describe(TopicPartition partition, long offset) {
    Work work = at(partition, offset);
    if (work == null) {
      return "offset %d had never started".formatted(offset);
    }
    String state =
        work.ended != null
            ? "had ended at %s but was not completed"
            : ledger.heard(work.started.member())
                ? "had started at %s and not ended"
                : "had started at %s, which crashed";
    return "offset %d (key %s) "
        .formatted(offset, work.started.key())
        .concat(state.formatted(work.started.member()));
  }

  private static final class Work {
    final Fact.Started started;
    Fact.@Nullable Ended ended;

    Work(Fact.Started started) {
      this.started = started;
    }
  }
}
