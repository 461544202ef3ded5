package io.heddle.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** What is in one transaction. Of the output thread, save that sends fail on the producer's. */
final class Transaction {
  /** The first record that could not be sent. */
  record SendFailure(Event event, Exception cause) {}

  private final Map<PartitionWorker, OffsetAndMetadata> offsets = new LinkedHashMap<>();
  private final Map<PartitionStores, Parcel> last = new LinkedHashMap<>();
  private final AtomicReference<SendFailure> failure = new AtomicReference<>();
  private final long deadlineNanos;
  private int size;

  Transaction(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
  }

  /** When it is to be committed, however little is in it. */
  long deadlineNanos() {
    return deadlineNanos;
  }

  /** How many events and outputs are in it. */
  int size() {
    return size;
  }

  void add(Parcel parcel, Producer<byte[], byte[]> producer) {
    size += parcel.size();
    offsets.put(parcel.worker(), parcel.next());
    PartitionStores stores = parcel.worker().stores();
    if (stores != null) {
      last.put(stores, parcel);
    }
    ChangeOffsets changes = parcel.changes();
    for (Parcel.Made output : parcel.outputs()) {
      try {
        Future<RecordMetadata> unused =
            producer.send(
                output.record(),
                (metadata, cause) -> {
                  if (changes != null && cause == null) {
                    changes.note(metadata);
                  }
                  sent(output.event(), cause);
                });
      } catch (InterruptException e) {
        throw e;
      } catch (RuntimeException e) {
        sent(output.event(), e);
      }
    }
  }

  private void sent(Event event, @Nullable Exception cause) {
    if (cause != null && failure.get() == null) {
      boolean unused = failure.compareAndSet(null, new SendFailure(event, cause));
    }
  }

  @Nullable SendFailure failure() {
    return failure.get();
  }

  /** Whether a partition in it is gone, so that somebody else may be doing the same. */
  boolean hasLostOne() {
    return offsets.keySet().stream().anyMatch(PartitionWorker::isDropped);
  }

  /** It has been committed: the stores' writes will not be taken back any more. */
  void tellStores() {
    last.forEach(
        (stores, parcel) -> {
          ChangeOffsets changes = parcel.changes();
          long[] offsets = changes == null ? new long[0] : changes.last();
          parcel.worker().post(strand -> stores.committed(parcel.prefix(), offsets));
        });
  }

  Set<PartitionWorker> workers() {
    return offsets.keySet();
  }

  Map<PartitionWorker, OffsetAndMetadata> offsets() {
    return Collections.unmodifiableMap(offsets);
  }

  Map<TopicPartition, OffsetAndMetadata> offsetsByPartition() {
    Map<TopicPartition, OffsetAndMetadata> result = new LinkedHashMap<>();
    offsets.forEach((worker, offset) -> result.put(worker.partition(), offset));
    return result;
  }
}
