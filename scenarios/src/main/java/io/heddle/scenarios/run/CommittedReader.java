package io.heddle.scenarios.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what a run has written to a topic, as a reader of committed records sees it. It goes on
 * until it has come to the end of what was ever written: a transaction that nobody ended holds it
 * up until the coordinator aborts it.
 */
final class CommittedReader {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final String BYTES = "org.apache.kafka.common.serialization.ByteArrayDeserializer";

  private final List<TopicPartition> partitions = new ArrayList<>();
  private final Function<Map<String, Object>, Consumer<byte[], byte[]>> consumers;
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime the time of the facts, by which the deadline is judged too
   */
  CommittedReader(
      String topic,
      int partitions,
      Function<Map<String, Object>, Consumer<byte[], byte[]>> consumers,
      LongSupplier nanoTime) {
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new TopicPartition(topic, i));
    }
    this.consumers = consumers;
    this.nanoTime = nanoTime;
  }

  /** Reads all records; returns nothing, or what could not be read by the deadline. */
  String read(
      long deadlineNanos, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> records) {
    Map<TopicPartition, Long> ends = ends();
    try (Consumer<byte[], byte[]> consumer = consumers.apply(config("read_committed"))) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!isAt(ends, consumer)) {
        if (nanoTime.getAsLong() - deadlineNanos >= 0) {
          return "records up to " + ends + " could not be read, somewhere a transaction is open";
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          records.accept(record);
        }
      }
    }
    return "";
  }

  private Map<TopicPartition, Long> ends() {
    try (Consumer<byte[], byte[]> consumer = consumers.apply(config("read_uncommitted"))) {
      return consumer.endOffsets(partitions);
    }
  }

  private static boolean isAt(Map<TopicPartition, Long> ends, Consumer<byte[], byte[]> consumer) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static Map<String, Object> config(String isolation) {
    Map<String, Object> config = new TreeMap<>();
    config.put("isolation.level", isolation);
    config.put("enable.auto.commit", "false");
    config.put("auto.offset.reset", "earliest");
    config.put("key.deserializer", BYTES);
    config.put("value.deserializer", BYTES);
    return config;
  }
}
