package io.heddle.simulator.client;

import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
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
  // Whether it is a part of one that was too large for the broker.
  private final boolean split;
  private int written = RecordSizes.BATCH_OVERHEAD;
  private int bytes;
  private final BatchAttempts attempts = new BatchAttempts();
  private int baseSequence = NO_SEQUENCE;
  private long logAppendTimeMs = -1;
  private boolean closed;
  private boolean ended;

  PendingBatch(TopicPartition partition, long createdNanos, int room) {
    this(partition, createdNanos, room, false);
  }

  private PendingBatch(TopicPartition partition, long createdNanos, int room, boolean split) {
    this.partition = partition;
    this.createdNanos = createdNanos;
    this.room = room;
    this.split = split;
  }

  TopicPartition partition() {
    return partition;
  }

  long createdNanos() {
    return createdNanos;
  }

  /** What it takes of the producer's memory: kafka-clients does not count a part of a batch. */
  int bufferedBytes() {
    return split ? 0 : bytes;
  }

  /** What kafka-clients would have taken of it when it was made, in the same way. */
  int allocatedBytes() {
    return split ? 0 : room;
  }

  /** What it takes in Kafka's format. */
  int written() {
    return written;
  }

  int size() {
    return pending.size();
  }

  /** How often it was sent so far, and when it may be sent again. */
  BatchAttempts attempts() {
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

  boolean isSplit() {
    return split;
  }

  /**
   * The same records in smaller batches, which count as never sent: as many of the configured size
   * as it takes, or, of what is a part already, half as large ones.
   */
  List<PendingBatch> split(int batchBytes) {
    int target = batchBytes;
    if (split) {
      int largest =
          pending.stream().mapToInt(each -> RecordSizes.upperBound(each.record())).max().orElse(0);
      target = Math.max(largest, written / 2);
    }
    List<PendingBatch> parts = new ArrayList<>();
    int sequence = baseSequence;
    PendingBatch part = null;
    for (Pending each : pending) {
      if (part == null || !part.fits(each.record())) {
        int room = Math.max(target, RecordSizes.upperBound(each.record()));
        part = new PendingBatch(partition, createdNanos, room, true);
        part.baseSequence = sequence;
        parts.add(part);
      }
      part.add(each.record().withOffsetDelta(part.size()), each.callback(), each.future());
      if (sequence != NO_SEQUENCE) {
        sequence = (int) (((long) sequence + 1) & Integer.MAX_VALUE);
      }
    }
    parts.forEach(PendingBatch::close);
    return parts;
  }

  /** The topic has the broker's time (-1 if not), and so has what is told of these records. */
  void appendedAt(long millis) {
    logAppendTimeMs = millis;
  }

  /** What its records are told if it has waited for too long. */
  TimeoutException expired(long nowNanos) {
    return new TimeoutException(
        "Expiring "
            + size()
            + " record(s) for "
            + partition
            + ":"
            + (nowNanos - createdNanos) / 1_000_000
            + " ms has passed since batch creation");
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

  /** Whether no application code runs when the outcome is told, or such that waits for nothing. */
  boolean tellsPromptly() {
    for (Pending each : pending) {
      if (each.callback() != null && !(each.callback() instanceof PromptCallback)) {
        return false;
      }
    }
    return true;
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
