package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A Kafka on which a contract is tried: a simulated or a real one. Its clients are closed after the
 * contract.
 */
interface KafkaArm {
  /** How long a single poll waits; less than any time-out in the contracts. */
  Duration SHORT = Duration.ofMillis(50);

  /** A consumer of strings that starts at the beginning and does not commit by itself. */
  <K, V> Consumer<K, V> consumerWith(Map<String, Object> properties);

  /** A producer of strings that sends at once. */
  <K, V> Producer<K, V> producerWith(Map<String, Object> properties);

  /** Somebody who looks after the cluster. */
  Admin admin();

  /** A new topic with that many partitions, and these settings of its own. */
  String topic(int partitions, Map<String, String> settings);

  /** A new topic with that many partitions. */
  default String topic(int partitions) {
    return topic(partitions, Map.of());
  }

  /** A name that nothing in this Kafka has. */
  String unique(String prefix);

  /** Runs the step on a thread of its own. */
  Task start(String name, Step step);

  /** Tries the condition again and again, with pauses, until it holds; fails if it never does. */
  void eventually(String what, Condition condition);

  /** Something to do that may throw. */
  @FunctionalInterface
  interface Step {
    /** Does it. */
    void run() throws Exception;
  }

  /** Something that may hold. */
  @FunctionalInterface
  interface Condition {
    /** Whether it does. */
    boolean holds();
  }

  /** A step under way on another thread. */
  @FunctionalInterface
  interface Task {
    /** Waits for its end; throws what the step has thrown. */
    void await() throws Exception;
  }

  /** A consumer without a group. */
  default Consumer<String, String> reader(Object... overrides) {
    return consumerWith(properties(CONSUMER, overrides));
  }

  /** A consumer of that group. */
  default Consumer<String, String> member(String group, Object... overrides) {
    Map<String, Object> properties = properties(CONSUMER, overrides);
    properties.put("group.id", group);
    return consumerWith(properties);
  }

  /** A consumer of that group, by the consumer protocol (KIP-848). */
  default Consumer<String, String> modern(String group, Object... overrides) {
    Map<String, Object> properties = properties(MODERN, overrides);
    properties.put("group.id", group);
    return consumerWith(properties);
  }

  /** A consumer of the consumer protocol, without a group. */
  default Consumer<String, String> modernReader(Object... overrides) {
    return consumerWith(properties(MODERN, overrides));
  }

  /** Puts everybody out of the group who has no instance id. */
  default void expel(String group) {
    try {
      admin()
          .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
          .all()
          .get();
    } catch (ExecutionException | InterruptedException failed) {
      throw new IllegalStateException("nobody was put out of " + group, failed);
    }
  }

  /** A producer of strings. */
  default Producer<String, String> producer(Object... overrides) {
    return producerWith(properties(PRODUCER, overrides));
  }

  Map<String, Object> CONSUMER =
      Map.of(
          "key.deserializer", StringDeserializer.class.getName(),
          "value.deserializer", StringDeserializer.class.getName(),
          "auto.offset.reset", "earliest",
          "enable.auto.commit", "false",
          "heartbeat.interval.ms", "100",
          "session.timeout.ms", "10000",
          "fetch.max.wait.ms", "50");

  Map<String, Object> MODERN =
      Map.of(
          "key.deserializer", StringDeserializer.class.getName(),
          "value.deserializer", StringDeserializer.class.getName(),
          "group.protocol", "consumer",
          "auto.offset.reset", "earliest",
          "enable.auto.commit", "false",
          "fetch.max.wait.ms", "50");

  Map<String, Object> PRODUCER =
      Map.of(
          "key.serializer", StringSerializer.class.getName(),
          "value.serializer", StringSerializer.class.getName());

  /** Names and values in turn, on top of the defaults. */
  static Map<String, Object> properties(Map<String, Object> defaults, Object... overrides) {
    Map<String, Object> properties = new TreeMap<>(defaults);
    for (int i = 0; i < overrides.length; i += 2) {
      properties.put((String) overrides[i], overrides[i + 1]);
    }
    return properties;
  }

  /** A new topic with a single partition that holds these values. */
  default TopicPartition partitionWith(String... values) {
    TopicPartition partition = new TopicPartition(topic(1), 0);
    write(partition, values);
    return partition;
  }

  /** Appends the values, without keys, and waits until they are there. */
  default void write(TopicPartition partition, String... values) {
    try (Producer<String, String> producer = producer()) {
      for (String value : values) {
        var unused =
            producer.send(
                new ProducerRecord<>(partition.topic(), partition.partition(), null, value));
      }
      producer.flush();
    }
  }

  /** Polls until that many records have come; fails if it gets more. */
  default <K, V> List<ConsumerRecord<K, V>> read(Consumer<K, V> consumer, int count) {
    List<ConsumerRecord<K, V>> records = new ArrayList<>();
    eventually(
        count + " records",
        () -> {
          consumer.poll(SHORT).forEach(records::add);
          return records.size() >= count;
        });
    assertThat(records).hasSize(count);
    return records;
  }

  /** Polls until that many records have come, and returns their values. */
  default List<String> values(Consumer<String, String> consumer, int count) {
    return read(consumer, count).stream().map(ConsumerRecord::value).toList();
  }

  /** Polls all these consumers in turn until the condition holds. */
  default void pollUntil(String what, Condition condition, List<Consumer<String, String>> polled) {
    eventually(
        what,
        () -> {
          polled.forEach(consumer -> consumer.poll(SHORT));
          return condition.holds();
        });
  }

  /** Polls one consumer until the condition holds. */
  default void pollUntil(String what, Consumer<String, String> polled, Condition condition) {
    pollUntil(what, condition, List.of(polled));
  }

  /** Polls the members until each has that many partitions. */
  default void settle(int partitionsOfEach, List<Consumer<String, String>> members) {
    pollUntil(
        partitionsOfEach + " partitions for each member",
        () -> members.stream().allMatch(it -> it.assignment().size() == partitionsOfEach),
        members);
  }

  /** Polls until the consumer has joined its group and has that many partitions. */
  default void join(Consumer<String, String> consumer, int partitions) {
    settle(partitions, List.of(consumer));
  }
}
