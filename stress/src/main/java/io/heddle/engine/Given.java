package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** What the tests begin with. A source of which nothing runs stands behind all of it. */
final class Given {
  private static final TopicPartition PARTITION = new TopicPartition("in", 0);
  private static final byte[] KEY = "a".getBytes(UTF_8);

  private static final Engine ENGINE =
      new EventSource(
              EventSourceConfig.of(PARTITION.topic()),
              new KafkaClients(
                  () -> {
                    throw notStarted();
                  },
                  () -> {
                    throw notStarted();
                  }),
              new EngineRuntime(
                  Clock.systemUTC(),
                  System::nanoTime,
                  Thread::new,
                  Runnable::run,
                  Runnable::run,
                  ReentrantLock::new))
          .engine();

  private Given() {}

  private static UnsupportedOperationException notStarted() {
    return new UnsupportedOperationException("this source is not started");
  }

  static Engine engine() {
    return ENGINE;
  }

  static PartitionWorker worker() {
    return new PartitionWorker(PARTITION, ENGINE, new Floor());
  }

  /** A worker whose events do not begin any more. */
  static PartitionWorker droppedWorker() {
    PartitionWorker worker = worker();
    worker.windDown(WorkerPhase.DROPPED);
    return worker;
  }

  static KeyLanes<String, Integer> lanes() {
    return new KeyLanes<>(new ReentrantLock(), Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  static Event event(PartitionWorker worker, long offset) {
    // No event of these is sampled: an offset that is a multiple of sixteen would be.
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            PARTITION.topic(),
            PARTITION.partition(),
            offset,
            0,
            TimestampType.CREATE_TIME,
            0,
            0,
            KEY,
            KEY,
            new RecordHeaders(),
            Optional.of(1));
    return new Event(worker, record, 0);
  }

  static Job<String, Integer> job(KeyLanes<String, Integer> lanes, Event event, String key) {
    return new Job<>(
        lanes, event, key, 0, (context, of, value, failure) -> ExecutionState.COMPLETE);
  }

  /** The lane of a key that had no job before this one. */
  static Lane<String, Integer> opened(KeyLanes<String, Integer> lanes, Event event, String key) {
    Lane<String, Integer> lane = lanes.add(job(lanes, event, key));
    if (lane == null) {
      throw new AssertionError("the first job of a key opens a lane");
    }
    return lane;
  }
}
