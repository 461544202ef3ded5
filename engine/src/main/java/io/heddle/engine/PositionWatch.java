package io.heddle.engine;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches where the consumer goes on to read: it tells nobody that it has set its position back,
 * and records that show it may be long in coming. Of the poll thread.
 */
final class PositionWatch {
  private static final Logger LOG = LoggerFactory.getLogger(PositionWatch.class);

  private final Consumer<byte[], byte[]> consumer;

  PositionWatch(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** What was polled of a partition, to be taken by its worker. */
  RecordBatch batch(
      PartitionWorker worker,
      List<ConsumerRecord<byte[], byte[]>> polled,
      @Nullable OffsetAndMetadata position,
      long polledNanos) {
    Setbacks setbacks = worker.commits().setbacks();
    if (!polled.isEmpty()) {
      goesOnAt(worker, polled.get(0).offset());
      setbacks.polled(polled);
    }
    if (position != null) {
      goesOnAt(worker, position.offset());
      setbacks.polledBelow(position.offset());
    }
    return new RecordBatch(polled, position, polledNanos, setbacks.count());
  }

  private static void goesOnAt(PartitionWorker worker, long offset) {
    worker.commits().setbacks().note(offset).ifPresent(most -> setBack(worker, most));
  }

  private static void setBack(PartitionWorker worker, OffsetAndMetadata most) {
    LOG.warn(
        "The log of {} was cut off, or made anew: it goes on at offset {}",
        worker.partition(),
        most.offset());
    worker.commits().forgetAcknowledged();
    worker.post(strand -> strand.commits().setBack(strand.tracker(), most));
  }

  /** To be called between polls, before anything of the partition is committed. */
  void look(PartitionWorker worker) {
    if (worker.commits().setbacks().isReading()) {
      position(worker.partition()).ifPresent(at -> goesOnAt(worker, at));
    }
  }

  /**
   * Nothing if the consumer is just finding out, since that can last, and commits must not wait.
   */
  private OptionalLong position(TopicPartition partition) {
    try {
      return OptionalLong.of(consumer.position(partition, Duration.ZERO));
    } catch (RetriableException
        | UnknownMemberIdException
        | StaleMemberEpochException
        | InvalidOffsetException
        | WakeupException e) {
      // Left over from a poll, or the next poll throws it, too.
      return OptionalLong.empty();
    }
  }
}
