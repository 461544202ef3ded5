package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Change logs as a test says they are, for whoever restores stores of them. */
final class FakeChangeLogs {
  final Map<String, Integer> topics = new TreeMap<>(Map.of(Rig.TOPIC, 1));
  final List<MockConsumer<byte[], byte[]>> made = new ArrayList<>();
  final List<IsolationLevel> asked = new ArrayList<>();
  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> logs =
      new LinkedHashMap<>();

  /** Appends a change; no value is a deletion. */
  FakeChangeLogs change(TopicPartition log, String key, @Nullable String value) {
    List<ConsumerRecord<byte[], byte[]>> changes =
        logs.computeIfAbsent(log, each -> new ArrayList<>());
    changes.add(
        new ConsumerRecord<>(
            log.topic(),
            log.partition(),
            changes.size(),
            key.getBytes(UTF_8),
            value == null ? null : value.getBytes(UTF_8)));
    return this;
  }

  Consumer<byte[], byte[]> consumer(IsolationLevel isolation) {
    asked.add(isolation);
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    made.add(consumer);
    topics.forEach(
        (topic, partitions) -> {
          describe(consumer, topic, partitions);
          IntStream.range(0, partitions)
              .mapToObj(number -> new TopicPartition(topic, number))
              .forEach(log -> offer(consumer, log));
        });
    return consumer;
  }

  private static void describe(
      MockConsumer<byte[], byte[]> consumer, String topic, int partitions) {
    consumer.updatePartitions(
        topic,
        IntStream.range(0, partitions)
            .mapToObj(
                number -> new PartitionInfo(topic, number, Node.noNode(), new Node[0], new Node[0]))
            .toList());
  }

  /** A topic gets more partitions, whoever looks. */
  void grow(String topic, int partitions) {
    topics.put(topic, partitions);
    made.forEach(consumer -> describe(consumer, topic, partitions));
  }

  private void offer(MockConsumer<byte[], byte[]> consumer, TopicPartition log) {
    List<ConsumerRecord<byte[], byte[]>> changes = logs.getOrDefault(log, List.of());
    consumer.updateBeginningOffsets(Map.of(log, 0L));
    consumer.updateEndOffsets(Map.of(log, (long) changes.size()));
    consumer.schedulePollTask(
        () -> {
          if (consumer.assignment().contains(log)) {
            changes.forEach(consumer::addRecord);
          }
        });
  }
}
