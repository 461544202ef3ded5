package io.heddle.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what was written and committed, while an arm is at work and to the end once it is not:
 * there has to be one output for each input, in the order of the inputs. On a thread of its own.
 */
final class OutputReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Load load;
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final Consumer<byte[], byte[]> consumer;
  private final long[] lastOfKey;
  private final boolean[] seen;
  private final CountDownLatch all = new CountDownLatch(1);
  private final Thread thread = new Thread(this::read, "output-reader");
  private int distinct;
  private long repeated;
  private long disorder;
  private volatile boolean closing;
  private volatile long endNanos;

  OutputReader(RealCluster cluster, String topic, Load load) {
    this.load = load;
    for (int partition = 0; partition < load.partitions(); partition++) {
      partitions.add(new TopicPartition(topic, partition));
    }
    consumer = new KafkaConsumer<>(cluster.reader());
    lastOfKey = new long[load.keys()];
    Arrays.fill(lastOfKey, -1);
    seen = new boolean[load.records()];
  }

  OutputReader start() {
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  /** Waits until an output of each input was seen; returns false if that took too long. */
  boolean await(long seconds) throws InterruptedException {
    return all.await(seconds, TimeUnit.SECONDS);
  }

  /** When the last output was seen. */
  long endNanos() {
    return endNanos;
  }

  /** Reads what there is, and ends. Call it when nobody writes any more. */
  @Override
  public void close() throws InterruptedException {
    closing = true;
    thread.join();
  }

  /**
   * Judges what was read, once it is closed.
   *
   * @throws ViolationException if it was not exactly one output for each input, in order
   */
  void check() {
    if (distinct != load.records() || repeated > 0 || disorder > 0) {
      throw new ViolationException(
          "outputs of %,d of %,d inputs, %,d repeated, %,d out of their key's order"
              .formatted(distinct, load.records(), repeated, disorder));
    }
  }

  private void read() {
    try (consumer) {
      consumer.assign(partitions);
      while (!closing) {
        take();
      }
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        take();
      }
    }
  }

  private void take() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      Output output = Output.of(record.value());
      int index = load.indexOf(output.partition(), output.offset());
      int key = load.keyAt(output.partition(), output.offset());
      if (seen[index]) {
        repeated++;
      } else {
        seen[index] = true;
        distinct++;
        disorder += output.offset() <= lastOfKey[key] ? 1 : 0;
        lastOfKey[key] = output.offset();
      }
    }
    if (distinct == load.records() && all.getCount() > 0) {
      endNanos = System.nanoTime();
      all.countDown();
    }
  }
}
