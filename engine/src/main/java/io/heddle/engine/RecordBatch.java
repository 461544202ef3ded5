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
 */
record RecordBatch(
    List<ConsumerRecord<byte[], byte[]>> records,
    @Nullable OffsetAndMetadata position,
    long polledNanos)
    implements Intake {

  @Override
  public void deliver(PartitionWorker worker) {
    worker.accept(this);
  }
}
