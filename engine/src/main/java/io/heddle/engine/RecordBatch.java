package io.heddle.engine;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What one poll returned of one partition.
 *
 * @param records in the order of their offsets; may be empty if only the position moved
 * @param position where the consumer goes on, which may lie behind a gap after the last record
 * @param polledNanos when the poll returned
 * @param setbacks how often the partition had been set back by then
 */
record RecordBatch(
    List<ConsumerRecord<byte[], byte[]>> records,
    @Nullable OffsetAndMetadata position,
    long polledNanos,
    int setbacks)
    implements Intake {

  /** So many records are few: what counts is how soon they are begun, not how cheaply. */
  private static final int FEW = 16;

  void postTo(Strand strand) {
    if (records.size() <= FEW) {
      strand.postToWorker(this);
    } else {
      strand.post(this);
    }
  }

  /** Says that the log holds nothing more of what was polled, once all records are appended. */
  void skipRest(OffsetTracker<?> tracker) {
    if (position != null && setbacks == tracker.setbacks()) {
      tracker.skipTo(position.offset(), position.leaderEpoch().orElse(OffsetTracker.NO_EPOCH));
    }
  }

  /** The bytes of all keys and values. */
  long bytes() {
    long sum = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      sum += bytesOf(record);
    }
    return sum;
  }

  static long bytesOf(ConsumerRecord<byte[], byte[]> record) {
    return lengthOf(record.key()) + lengthOf(record.value());
  }

  private static long lengthOf(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  @Override
  public void deliver(PartitionWorker worker) {
    worker.accept(this);
  }
}
