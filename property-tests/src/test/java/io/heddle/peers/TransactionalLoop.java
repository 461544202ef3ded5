package io.heddle.peers;

import io.heddle.scenarios.run.Peer;
import io.heddle.scenarios.run.PeerTask;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The loop of the documentation for exactly-once delivery: a transaction for each batch, with its
 * outputs and its offsets. What cannot be committed is aborted, or its producer replaced, and the
 * consumer goes back to what is committed.
 */
final class TransactionalLoop implements Peer {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long BACK_OFF_NANOS = Duration.ofMillis(5).toNanos();

  private final PeerTask task;
  private volatile boolean stopping;
  private volatile boolean over;
  private volatile @Nullable KafkaException failure;
  private @Nullable Producer<byte[], byte[]> producer;
  private boolean toRewind;

  TransactionalLoop(PeerTask task) {
    this.task = task;
  }

  @Override
  public void start() {
    try (Consumer<byte[], byte[]> consumer = task.consumer(ByteArrayDeserializer.class)) {
      consumer.subscribe(task.topics());
      while (!stopping) {
        round(consumer);
      }
      giveUpProducer();
    } catch (KafkaException thrown) {
      failure = thrown;
    } finally {
      over = true;
    }
  }

  private void round(Consumer<byte[], byte[]> consumer) {
    try {
      Producer<byte[], byte[]> ready = producer();
      if (toRewind) {
        rewind(consumer);
        toRewind = false;
      }
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        toRewind = true;
        transaction(ready, consumer, records);
        toRewind = false;
      }
    } catch (KafkaException undone) {
      abort();
      task.sleep(BACK_OFF_NANOS);
    }
  }

  private Producer<byte[], byte[]> producer() {
    Producer<byte[], byte[]> known = producer;
    if (known != null) {
      return known;
    }
    Producer<byte[], byte[]> made = task.transactionalProducer(ByteArraySerializer.class);
    try {
      made.initTransactions();
    } catch (KafkaException unready) {
      made.close(Duration.ZERO);
      throw unready;
    }
    producer = made;
    return made;
  }

  private void transaction(
      Producer<byte[], byte[]> ready,
      Consumer<byte[], byte[]> consumer,
      ConsumerRecords<byte[], byte[]> records) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
    ready.beginTransaction();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      PollLoop.work(task, record);
      Future<RecordMetadata> sent = ready.send(task.output(record));
      if (sent.isCancelled()) {
        throw new AssertionError("a send was cancelled");
      }
      offsets.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    ready.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
    ready.commitTransaction();
  }

  private void abort() {
    Producer<byte[], byte[]> known = producer;
    if (known == null || !toRewind) {
      return;
    }
    try {
      known.abortTransaction();
    } catch (KafkaException | IllegalStateException lost) {
      // Its next incarnation ends what this one has left.
      giveUpProducer();
    }
  }

  private void giveUpProducer() {
    Producer<byte[], byte[]> known = producer;
    producer = null;
    if (known != null) {
      known.close(Duration.ZERO);
    }
  }

  private static void rewind(Consumer<byte[], byte[]> consumer) {
    Set<TopicPartition> assigned = consumer.assignment();
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(assigned);
    for (TopicPartition partition : assigned) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset == null) {
        consumer.seekToBeginning(Set.of(partition));
      } else {
        consumer.seek(partition, offset);
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
