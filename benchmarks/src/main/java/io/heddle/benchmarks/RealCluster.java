package io.heddle.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a round needs of a real cluster, with the settings that all arms get. */
final class RealCluster {
  static final int VALUE_BYTES = 100;

  private static final long READY_NANOS = 30_000_000_000L;

  private final String address;

  RealCluster(String address) {
    this.address = address;
  }

  /** The settings of a consumer of this group. */
  Map<String, Object> consumer(String group) {
    Map<String, Object> settings = reader();
    settings.put("group.id", group);
    settings.put("max.poll.records", 500);
    return settings;
  }

  /** The settings of a consumer without a group, which sees what is committed. */
  Map<String, Object> reader() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("bootstrap.servers", address);
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", false);
    settings.put("isolation.level", "read_committed");
    settings.put("key.deserializer", ByteArrayDeserializer.class);
    settings.put("value.deserializer", ByteArrayDeserializer.class);
    return settings;
  }

  /** Kafka's own settings of a producer, with a transactional id. */
  Map<String, Object> producer(String transactionalId) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("bootstrap.servers", address);
    settings.put("transactional.id", transactionalId);
    settings.put("key.serializer", ByteArraySerializer.class);
    settings.put("value.serializer", ByteArraySerializer.class);
    return settings;
  }

  /** Creates topics, and returns once their partitions answer, which is later than Kafka says. */
  void createTopics(int partitions, String... names)
      throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      List<NewTopic> topics = new ArrayList<>();
      for (String name : names) {
        topics.add(new NewTopic(name, partitions, (short) 1));
      }
      admin.createTopics(topics).all().get();
      Map<TopicPartition, OffsetSpec> all = new LinkedHashMap<>();
      for (String name : names) {
        for (int partition = 0; partition < partitions; partition++) {
          all.put(new TopicPartition(name, partition), OffsetSpec.latest());
        }
      }
      awaitLeaders(admin, all);
    }
  }

  /** A producer that meets partitions without a leader is slow to come to itself. */
  private static void awaitLeaders(Admin admin, Map<TopicPartition, OffsetSpec> partitions)
      throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + READY_NANOS;
    while (true) {
      try {
        admin.listOffsets(partitions).all().get();
        return;
      } catch (ExecutionException e) {
        boolean early = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!early || System.nanoTime() - deadline > 0) {
          throw e;
        }
      }
    }
  }

  /** Writes the load, so that its offsets are those that it says. */
  void fill(Load load, KeyNames names) throws ExecutionException, InterruptedException {
    Map<String, Object> settings = producer("unused");
    settings.remove("transactional.id");
    settings.put("batch.size", 200_000);
    byte[] value = new byte[VALUE_BYTES];
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
      List<Future<?>> last = new ArrayList<>();
      for (int index = 0; index < load.records(); index++) {
        int partition = index % load.partitions();
        int offset = index / load.partitions();
        byte[] key = names.bytes(load.keyAt(partition, offset));
        last.add(producer.send(new ProducerRecord<>(load.topic(), partition, key, value)));
      }
      producer.flush();
      for (Future<?> each : last) {
        each.get();
      }
    }
  }

  /** What the group has committed of the load's partitions, in their order; 0 where nothing. */
  List<Long> committed(String group, Load load) throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      List<Long> committed = new ArrayList<>();
      for (int partition = 0; partition < load.partitions(); partition++) {
        OffsetAndMetadata offset = offsets.get(new TopicPartition(load.topic(), partition));
        committed.add(offset == null ? 0 : offset.offset());
      }
      return committed;
    }
  }

  void deleteTopics(String... names) throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(names)).all().get();
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", address));
  }
}
