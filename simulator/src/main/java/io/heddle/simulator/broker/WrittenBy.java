package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.DescribeProducersResponse.Active;
import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.RecordBatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who has written to a log, as its batches and markers tell. */
final class WrittenBy {
  private WrittenBy() {}

  /** The producers that the log remembers, by id. */
  static List<Active> of(PartitionLog log) {
    TreeMap<Long, Active> producers = new TreeMap<>();
    for (RecordBatch batch : log.batches()) {
      if (batch.producerId() >= 0) {
        producers.compute(batch.producerId(), (id, before) -> after(batch, before));
      }
    }
    return producers.values().stream()
        .filter(each -> log.remembers(each.producerId(), (short) each.producerEpoch()))
        .map(each -> withTransaction(each, log))
        .toList();
  }

  private static Active after(RecordBatch batch, @Nullable Active before) {
    int lastSequence = -1;
    int coordinatorEpoch = -1;
    if (before != null) {
      coordinatorEpoch = before.coordinatorEpoch();
      if (before.producerEpoch() == batch.producerEpoch()) {
        lastSequence = before.lastSequence();
      }
    }
    List<LogRecord> records = batch.records();
    return new Active(
        batch.producerId(),
        batch.producerEpoch(),
        batch.isControl() ? lastSequence : batch.lastSequence(),
        records.stream().mapToLong(LogRecord::timestamp).max().orElse(-1),
        batch.isControl() ? coordinatorEpoch(records.get(0)) : coordinatorEpoch,
        -1);
  }

  private static int coordinatorEpoch(LogRecord marker) {
    // Behind the version of the format.
    return ByteBuffer.wrap(Objects.requireNonNull(marker.value())).getInt(2);
  }

  private static Active withTransaction(Active producer, PartitionLog log) {
    return new Active(
        producer.producerId(),
        producer.producerEpoch(),
        producer.lastSequence(),
        producer.lastTimestamp(),
        producer.coordinatorEpoch(),
        log.transactions().startOf(producer.producerId()).orElse(-1L));
  }
}
