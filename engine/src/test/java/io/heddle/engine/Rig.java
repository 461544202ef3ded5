package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** One source on a fake Kafka, with its threads and time in the hands of a test. */
final class Rig {
  static final String TOPIC = "in";
  static final int EPOCH = 7;

  final Baton baton;
  final FakeConsumer consumer;
  final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  final List<String> heard = new ArrayList<>();
  final List<FakeProducer> transactionalProducers = new ArrayList<>();
  final List<TopicPartition> activated = new ArrayList<>();
  final FakeChangeLogs changeLogs = new FakeChangeLogs();
  final EventSource source;
  int producersMade;
  @Nullable RuntimeException producerFailure;

  Rig() {
    this(config -> config);
  }

  Rig(UnaryOperator<EventSourceConfig> configure) {
    this(new Baton(), configure);
  }

  Rig(Baton baton, UnaryOperator<EventSourceConfig> configure) {
    this.baton = baton;
    this.consumer = new FakeConsumer(baton);
    consumer.topics.add(TOPIC);
    EngineRuntime runtime =
        new EngineRuntime(
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            baton::nowNanos,
            baton::newThread,
            baton.inline(),
            baton.threads(),
            baton::newLock);
    KafkaClients clients =
        new KafkaClients(
                consumer::asConsumer,
                () -> {
                  producersMade++;
                  if (producerFailure != null) {
                    throw producerFailure;
                  }
                  return producer;
                })
            .withTransactionalProducers(
                id -> {
                  transactionalProducers.add(new FakeProducer(baton, id));
                  return transactionalProducers.get(transactionalProducers.size() - 1);
                })
            .withRestoreConsumers(changeLogs::consumer);
    source =
        new EventSource(
            configure.apply(withoutRetries(EventSourceConfig.of(TOPIC))),
            clients,
            runtime,
            new Listener());
  }

  /** Most tests want to see at once what comes of a failure. */
  private static EventSourceConfig withoutRetries(EventSourceConfig config) {
    return config
        .withOnFailure(FailureStage.DECODE, FailureHandling.stop())
        .withOnFailure(FailureStage.HANDLER, FailureHandling.stop())
        .withOnFailure(FailureStage.PROCESSOR, FailureHandling.toFinalizer())
        .withOnFailure(FailureStage.FINALIZER, FailureHandling.stop());
  }

  static TopicPartition partition(int number) {
    return new TopicPartition(TOPIC, number);
  }

  static String text(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), UTF_8);
  }

  static ConsumerRecord<byte[], byte[]> record(int partition, long offset, String value) {
    return new ConsumerRecord<>(
        TOPIC,
        partition,
        offset,
        0,
        TimestampType.CREATE_TIME,
        0,
        0,
        new byte[0],
        value.getBytes(UTF_8),
        new ConsumerRecord<byte[], byte[]>(TOPIC, partition, offset, new byte[0], new byte[0])
            .headers(),
        Optional.of(EPOCH));
  }

  /** Handles every record, as text, with this. */
  Rig handling(EventHandler<String> handler) {
    source.registerDefault(Rig::text, handler);
    return this;
  }

  /** Starts with these partitions assigned. */
  Rig start(int... partitions) {
    source.start();
    for (int partition : partitions) {
      consumer.assign(partition(partition));
    }
    baton.settle();
    return this;
  }

  /** Delivers records of partition 0 from this offset on. */
  void deliver(long firstOffset, String... values) {
    deliverTo(0, firstOffset, values);
  }

  void deliverTo(int partition, long firstOffset, String... values) {
    for (int i = 0; i < values.length; i++) {
      consumer.add(record(partition, firstOffset + i, values[i]));
    }
    baton.settle();
  }

  void revoke(int partition) {
    consumer.revoke(partition(partition));
    baton.settle();
  }

  void lose() {
    consumer.lose();
    baton.settle();
  }

  void assign(int partition) {
    consumer.assign(partition(partition));
    baton.settle();
  }

  void advance(Duration by) {
    baton.advance(by.toNanos());
  }

  /** Lets a commit interval pass. */
  void commit() {
    advance(Duration.ofSeconds(2));
  }

  /** The transactional producer that was made last. */
  FakeProducer transactions() {
    return transactionalProducers.get(transactionalProducers.size() - 1);
  }

  /** The offset committed for a partition, or -1. */
  long committed(int partition) {
    OffsetAndMetadata offset = consumer.committed.get(partition(partition));
    return offset == null ? -1 : offset.offset();
  }

  /** Stops gracefully and lets that happen. */
  void stop() {
    var unused = source.stop();
    baton.settle();
  }

  /** For the body of a processor: waits, as a call to another system would. */
  void block(BooleanSupplier until) {
    baton.park(until);
  }

  private final class Listener implements EngineListener {
    @Override
    public void assigned(Set<TopicPartition> partitions) {
      heard.add("assigned " + partitions);
    }

    @Override
    public void restoring(TopicPartition partition, String store, long end) {
      heard.add("restoring %s %s up to %d".formatted(partition, store, end));
    }

    @Override
    public void restored(TopicPartition partition, String store, long changes) {
      heard.add("restored %s %s of %d".formatted(partition, store, changes));
    }

    @Override
    public void activated(Set<TopicPartition> partitions) {
      activated.addAll(partitions);
    }

    @Override
    public void commitFailed(
        Map<TopicPartition, OffsetAndMetadata> offsets, int failedAttempts, Exception failure) {
      heard.add("commitFailed " + failedAttempts);
    }

    @Override
    public void stuck(CommitBlocker blocker) {
      heard.add(
          "stuck %s %d %s"
              .formatted(blocker.partition(), blocker.offset(), blocker.age().toSeconds()));
    }

    @Override
    public void willRevoke(Set<TopicPartition> partitions) {
      heard.add("willRevoke " + partitions);
    }

    @Override
    public void revoked(Set<TopicPartition> partitions) {
      heard.add("revoked " + partitions);
    }

    @Override
    public void lost(Set<TopicPartition> partitions) {
      heard.add("lost " + partitions);
    }

    @Override
    public void paused(TopicPartition partition, PauseReason reason) {
      heard.add("paused " + partition + " " + reason);
    }

    @Override
    public void resumed(TopicPartition partition) {
      heard.add("resumed " + partition);
    }

    @Override
    public void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
      offsets.forEach(
          (partition, offset) -> heard.add("committed " + partition + " " + offset.offset()));
    }

    @Override
    public void skipped(TopicPartition partition, long offset, Exception failure) {
      heard.add("skipped " + partition + " " + offset);
    }

    @Override
    public void retrying(
        TopicPartition partition,
        long offset,
        FailureStage stage,
        int failedAttempts,
        Duration delay,
        Exception failure) {
      heard.add("retrying %s %d %s %s".formatted(partition, offset, stage, delay));
    }

    @Override
    public void deadLettered(
        TopicPartition partition, long offset, String topic, Exception failure) {
      heard.add("deadLettered %s %d %s".formatted(partition, offset, topic));
    }

    @Override
    public void partitionStopped(TopicPartition partition, long offset, Exception failure) {
      heard.add("stopped %s %d".formatted(partition, offset));
    }

    @Override
    public void transactionAborted(Set<TopicPartition> partitions, Exception cause) {
      heard.add("aborted " + partitions);
    }

    @Override
    public void rejoining(Exception cause) {
      heard.add("rejoining");
    }

    @Override
    public void failed(Throwable failure) {
      heard.add("failed");
    }
  }
}
