package io.heddle.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one ownership have made that no transaction has been given yet, since not all
 * before it is complete. Of the strand, save for what is said to be the poll thread's.
 */
final class OutputLedger {
  private final PartitionWorker worker;
  private final Transactions transactions;
  private final Deque<Parcel.Made> made = new ArrayDeque<>();
  private volatile @Nullable OffsetAndMetadata start;
  private @Nullable OffsetAndMetadata last;
  private long handedOver;

  OutputLedger(PartitionWorker worker, Transactions transactions) {
    this.worker = worker;
    this.transactions = transactions;
  }

  /**
   * Tells where this ownership starts to read. Interjections that complete before any record has
   * commit this offset again, for it is the offsets by which the group fences a transaction. Poll
   * thread.
   */
  void startsAt(OffsetAndMetadata position) {
    start = position;
  }

  /**
   * Tells what was polled, the first of which is where this started if nobody knew. Poll thread.
   */
  void polled(RecordBatch batch) {
    if (start != null) {
      return;
    }
    if (!batch.records().isEmpty()) {
      ConsumerRecord<byte[], byte[]> first = batch.records().get(0);
      start = new OffsetAndMetadata(first.offset(), first.leaderEpoch(), "");
    } else {
      start = batch.position();
    }
  }

  /** Where this ownership started to read, if that is known. Any thread. */
  Optional<OffsetAndMetadata> start() {
    return Optional.ofNullable(start);
  }

  void add(Event event, ProducerRecord<byte[], byte[]> record) {
    made.add(new Parcel.Made(event, record));
  }

  /** Hands over what the prefix has grown by, if it has. */
  void handOver(OffsetTracker<Event> tracker) {
    long prefix = tracker.prefix();
    OffsetAndMetadata next = next(tracker);
    if (next == null || (prefix == handedOver && next.equals(last))) {
      return;
    }
    int events = (int) (prefix - handedOver);
    handedOver = prefix;
    last = next;
    PartitionStores stores = worker.stores();
    ChangeOffsets changes = stores == null ? null : stores.offsets();
    transactions.add(new Parcel(worker, take(prefix), next, events, prefix, changes));
  }

  private @Nullable OffsetAndMetadata next(OffsetTracker<Event> tracker) {
    if (!tracker.hasCommittable()) {
      // Nothing is complete, unless interjections are.
      return tracker.prefix() == handedOver ? null : start;
    }
    int epoch = tracker.committableEpoch();
    return new OffsetAndMetadata(
        tracker.committableOffset(),
        epoch == OffsetTracker.NO_EPOCH ? Optional.empty() : Optional.of(epoch),
        "");
  }

  private List<Parcel.Made> take(long prefix) {
    List<Parcel.Made> taken = new ArrayList<>();
    for (int left = made.size(); left > 0; left--) {
      Parcel.Made output = made.remove();
      if (output.event().place() < prefix) {
        taken.add(output);
      } else {
        made.add(output);
      }
    }
    return taken;
  }
}
