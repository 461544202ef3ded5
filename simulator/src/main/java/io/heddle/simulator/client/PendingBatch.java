package io.heddle.simulator.client;

import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Records of one partition on their way to the broker together. */
final class PendingBatch {
  static final int NO_SEQUENCE = -1;

  private record Pending(
      LogRecord record, @Nullable Callback callback, SimFuture<RecordMetadata> future) {}

  private final TopicPartition partition;
  private final long createdNanos;
  private final List<Pending> pending = new ArrayList<>();
  // What it may take, and what it takes, in Kafka's format.
  private final int room;
  private int written = RecordSizes.BATCH_OVERHEAD;
  private int bytes;
  private int attempts;
  private int baseSequence = NO_SEQUENCE;
  private long notBeforeNanos;
  private long logAppendTimeMs = -1;
  private boolean closed;
  private boolean ended;

  PendingBatch(TopicPartition partition, long createdNanos, int room) {
    this.partition = partition;
    this.createdNanos = createdNanos;
    this.room = room;
  }

  TopicPartition partition() {
    return partition;
  }

  long createdNanos() {
    return createdNanos;
  }

  int bytes() {
    return bytes;
  }

  int size() {
    return pending.size();
  }

  int attempts() {
    return attempts;
  }

  int baseSequence() {
    return baseSequence;
  }

  void baseSequence(int sequence) {
    baseSequence = sequence;
  }

  /** No record is added any more. */
  void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  /** Its outcome is known, and whatever comes later does not change it. */
  void end() {
    ended = true;
  }

  boolean ended() {
    return ended;
  }

  /** Whether the record still fits; the first always does. */
  boolean fits(LogRecord record) {
    return !closed && (pending.isEmpty() || written + size(record) <= room);
  }

  /** Whether there is no room left at all; most batches are closed before that. */
  boolean isFull() {
    return !pending.isEmpty() && written >= room;
  }

  private int size(LogRecord record) {
    long first = pending.isEmpty() ? record.timestamp() : pending.get(0).record().timestamp();
    return RecordSizes.of(record, pending.size(), record.timestamp() - first);
  }

  int nextOffsetDelta() {
    return pending.size();
  }

  void add(LogRecord record, @Nullable Callback callback, SimFuture<RecordMetadata> future) {
    written += size(record);
    pending.add(new Pending(record, callback, future));
    bytes += record.sizeInBytes();
  }

  void attempted() {
    attempts++;
  }

  /** It is not sent again before that time. */
  void backOffUntil(long nanos) {
    notBeforeNanos = nanos;
  }

  long notBeforeNanos() {
    return notBeforeNanos;
  }

  /** The topic has the broker's time (-1 if not), and so has what is told of these records. */
  void appendedAt(long millis) {
    logAppendTimeMs = millis;
  }

  RecordBatch toBatch(long producerId, short producerEpoch, RecordBatch.Kind kind) {
    return new RecordBatch(0, -1, producerId, producerEpoch, baseSequence, kind, records());
  }

  private List<LogRecord> records() {
    if (pending.size() == 1) {
      return List.of(pending.get(0).record());
    }
    List<LogRecord> records = new ArrayList<>(pending.size());
    for (Pending each : pending) {
      records.add(each.record());
    }
    return records;
  }

  /** Tells callbacks, then futures, of the outcome; application code runs in here. */
  void tell(
      long baseOffset,
      Optional<BatchFailure> failed,
      java.util.function.Consumer<RuntimeException> onCallbackFailure) {
    for (int i = 0; i < pending.size(); i++) {
      Pending each = pending.get(i);
      Exception failure = failed.isPresent() ? failed.get().of(i) : null;
      if (each.callback() != null) {
        try {
          each.callback()
              .onCompletion(
                  failure == null
                      ? metadata(baseOffset, i)
                      : ProducerInterceptors.nowhere(partition),
                  failure);
        } catch (RuntimeException thrown) {
          onCallbackFailure.accept(thrown);
        }
      }
    }
    for (int i = 0; i < pending.size(); i++) {
      SimFuture<RecordMetadata> future = pending.get(i).future();
      if (failed.isEmpty()) {
        future.complete(metadata(baseOffset, i));
      } else {
        future.fail(failed.get().of(i));
      }
    }
  }

  private RecordMetadata metadata(long baseOffset, int index) {
    LogRecord record = pending.get(index).record();
    byte[] key = record.key();
    byte[] value = record.value();
    return new RecordMetadata(
        partition,
        baseOffset,
        baseOffset < 0 ? 0 : index,
        logAppendTimeMs < 0 ? record.timestamp() : logAppendTimeMs,
        key == null ? -1 : key.length,
        value == null ? -1 : value.length);
  }
}
