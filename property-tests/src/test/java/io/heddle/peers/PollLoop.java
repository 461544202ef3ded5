package io.heddle.peers;

import io.heddle.scenarios.run.Peer;
import io.heddle.scenarios.run.PeerTask;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The loop that the documentation of {@code KafkaConsumer} shows for at-least-once delivery: works
 * on one record after the other, and commits after each batch what it has polled. A commit that
 * fails is made again after the next poll. All of it is done by the thread that starts it.
 */
final class PollLoop implements Peer {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long BACK_OFF_NANOS = Duration.ofMillis(5).toNanos();

  private final PeerTask task;
  private volatile boolean stopping;
  private volatile boolean over;
  private volatile @Nullable KafkaException failure;
  private boolean toCommit;

  PollLoop(PeerTask task) {
    this.task = task;
  }

  @Override
  public void start() {
    try (Consumer<byte[], byte[]> consumer = task.consumer(ByteArrayDeserializer.class)) {
      consumer.subscribe(task.topics());
      while (!stopping) {
        round(consumer);
      }
    } catch (KafkaException thrown) {
      failure = thrown;
    } finally {
      over = true;
    }
  }

  private void round(Consumer<byte[], byte[]> consumer) {
    try {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        work(task, record);
      }
      toCommit |= !records.isEmpty();
      if (toCommit) {
        consumer.commitSync();
        toCommit = false;
      }
    } catch (KafkaException later) {
      task.sleep(BACK_OFF_NANOS);
    }
  }

  /** Tries until it succeeds. */
  static void work(PeerTask task, ConsumerRecord<?, byte[]> record) {
    while (true) {
      try {
        task.work(record);
        task.completed(record);
        return;
      } catch (PeerTask.WorkFailedException again) {
        task.sleep(BACK_OFF_NANOS);
      }
    }
  }

  @Override
  public void stop() {
    stopping = true;
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }
}
