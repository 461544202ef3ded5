package io.heddle.simulator.client;

import io.heddle.simulator.core.SimClock;
import io.heddle.simulator.core.SimRuntime;
import io.heddle.simulator.core.Simulation;
import io.heddle.simulator.protocol.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.SentHeaders;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Producer} on the simulated Kafka: batches, retries, and is idempotent by default, as
 * kafka-clients' producer, with transactions if it has a transactional id. Its waits take virtual
 * time; callbacks run on a thread of their own, one after the other, and so do interceptors where
 * they are told of a record that was sent.
 *
 * <p>Refuses by name: client instance ids. Keyless records stick to one partition until its batch
 * is full, drawn anew each time. As in kafka-clients, a record that is refused because of the state
 * of the transaction stays in its batch, and goes with a later transaction if that one has the
 * partition.
 */
public final class SimProducer<K, V> implements Producer<K, V> {
  private final ClientLink link;
  private final ProducerSettings settings;
  private final ClusterView cluster;
  private final BatchSender sender;
  private final Callbacks callbacks;
  private final PartitionChoice choice;
  private final Serializer<K> keys;
  private final Serializer<V> values;
  private final ProducerInterceptors<K, V> interceptors;
  private final SimClock clock;
  private final Simulation simulation;
  private final ProducerWaits waits;
  private final ProducerTransactions transactions;
  private boolean closed;

  private SimProducer(
      ClientContext context, ProducerSettings settings, Serializer<K> keys, Serializer<V> values) {
    this.settings = settings;
    this.interceptors = ProducerInterceptors.of(settings.config());
    this.keys = keys;
    this.values = values;
    this.simulation = context.simulation();
    this.clock = new SimClock(simulation, context.process()::clockSkew);
    this.link = new ClientLink(context, settings.clientId());
    ClusterListeners listeners = interceptors.listeners().add(List.of(keys, values));
    this.cluster = new ClusterView(link, context, settings.times(), listeners, true);
    this.choice = PartitionChoice.of(cluster, settings, context.choices());
    Executor callers =
        new SimRuntime(simulation, context.process())
            .executor("producer-callbacks-" + settings.clientId(), 1);
    this.callbacks = new Callbacks(callers, simulation::doInside, link::signal);
    ProducerMetrics metrics =
        new ProducerMetrics(new ClientMetrics(context, settings.clientId(), settings.config()));
    this.sender = new BatchSender(link, cluster, settings, callbacks, metrics);
    cluster.inBackground(sender::step);
    this.waits =
        new ProducerWaits(
            metrics.all(),
            settings.batching().bufferBytes(),
            sender::allocatedBytes,
            cluster::ageNanos);
    this.transactions = new ProducerTransactions(link, sender, settings, waits, this::checkOpen);
  }

  /**
   * A producer with kafka-clients' configuration; {@code bootstrap.servers} need not be given.
   *
   * @throws org.apache.kafka.common.config.ConfigException as kafka-clients does
   * @throws KafkaException if an interceptor cannot be made
   */
  @SuppressWarnings("unchecked")
  public static <K, V> SimProducer<K, V> create(
      ClientContext context, Map<String, Object> properties) {
    ProducerSettings settings = ProducerSettings.of(properties);
    Serializer<K> keys =
        settings.config().getConfiguredInstance("key.serializer", Serializer.class);
    Serializer<V> values =
        settings.config().getConfiguredInstance("value.serializer", Serializer.class);
    keys.configure(settings.config().originals(), true);
    values.configure(settings.config().originals(), false);
    return new SimProducer<>(context, settings, keys, values);
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<K, V> record) {
    return send(record, null);
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback) {
    return sendIntercepted(interceptors.onSend(record), callback);
  }

  private Future<RecordMetadata> sendIntercepted(
      ProducerRecord<K, V> record, @Nullable Callback callback) {
    TopicPartition target = ProducerInterceptors.target(record);
    try {
      checkOpen();
      long deadline = ClientLink.deadline(link.now(), settings.maxBlockNanos());
      awaitMetadata(record, deadline);
      byte[] key = serialize(keys, record, record.key());
      byte[] value = serialize(values, record, record.value());
      int partition = choice.of(record, key, value);
      SentHeaders.close(record.headers());
      LogRecord sized = sized(record, key, value);
      target = new TopicPartition(record.topic(), partition);
      awaitMemory(sized.sizeInBytes(), deadline);
      return append(target, sized, interceptors.before(callback, record));
    } catch (ApiException refused) {
      // kafka-clients reports what it cannot send in the future and the callback, not by throwing.
      if (callback != null) {
        callback.onCompletion(ProducerInterceptors.nowhere(target), refused);
      }
      sender.metrics().refused();
      interceptors.onSendError(record, target, refused);
      sender.transactions().ifPresent(transaction -> transaction.sendRefused(refused));
      SimFuture<RecordMetadata> future = future(record.topic());
      future.fail(refused);
      return future;
    } catch (RuntimeException thrown) {
      if (thrown instanceof KafkaException) {
        sender.metrics().refused();
      }
      interceptors.onSendError(record, target, thrown);
      throw thrown;
    }
  }

  private SimFuture<RecordMetadata> future(String topic) {
    return new SimFuture<>(simulation.waitQueue(() -> "an acknowledgement by " + topic));
  }

  private void awaitMetadata(ProducerRecord<K, V> record, long deadlineNanos) {
    long began = link.now();
    cluster.want(List.of(record.topic()));
    while (cluster.partitions(record.topic())
        <= Objects.requireNonNullElse(record.partition(), 0)) {
      cluster.invalidate();
      // A transactional producer's sender looks after what it has whenever it is woken.
      sender.transactions().ifPresentOrElse(it -> sender.step(), cluster::update);
      cluster.throwIfInvalid(record.topic());
      if (link.now() >= deadlineNanos) {
        throw new TimeoutException(cluster.absent(record, settings.maxBlockNanos()));
      }
      link.awaitProgressWithoutWakeup(deadlineNanos);
    }
    if (link.now() > began) {
      waits.awaitedMetadata(link.now() - began);
    }
  }

  private static <T> byte @Nullable [] serialize(
      Serializer<T> serializer, ProducerRecord<?, ?> record, @Nullable T data) {
    try {
      return serializer.serialize(record.topic(), record.headers(), data);
    } catch (ClassCastException wrongType) {
      throw new SerializationException(
          "Can't convert " + data + " with " + serializer.getClass().getName(), wrongType);
    }
  }

  private LogRecord sized(
      ProducerRecord<K, V> record, byte @Nullable [] key, byte @Nullable [] value) {
    List<Header> headers = new ArrayList<>();
    record.headers().forEach(headers::add);
    long timestamp = Objects.requireNonNullElseGet(record.timestamp(), clock::millis);
    LogRecord sized = new LogRecord(0, timestamp, key, value, headers);
    settings.batching().check(RecordSizes.upperBound(sized));
    return sized;
  }

  private void awaitMemory(int bytes, long deadlineNanos) {
    while (sender.bufferedBytes() + bytes > settings.batching().bufferBytes()) {
      if (link.now() >= deadlineNanos) {
        waits.exhausted();
        throw new BufferExhaustedException(
            "Failed to allocate "
                + bytes
                + " bytes within the configured max blocking time "
                + settings.maxBlockNanos() / 1_000_000
                + " ms.");
      }
      waits.awaitMemory(() -> link.awaitProgressWithoutWakeup(deadlineNanos), link::now);
    }
  }

  private Future<RecordMetadata> append(
      TopicPartition partition, LogRecord record, @Nullable Callback callback) {
    int bytes = record.sizeInBytes();
    PendingBatch batch =
        sender.queue(partition).open(record, settings.batching().batchBytes(), link.now());
    if (batch.size() == 0) {
      choice.newBatch(partition);
    }
    sender.buffered(batch, bytes);
    SimFuture<RecordMetadata> future = future(partition.topic());
    batch.add(record.withOffsetDelta(batch.nextOffsetDelta()), callback, future);
    try {
      sender.transactions().ifPresent(transaction -> transaction.add(partition));
    } catch (RuntimeException refused) {
      sender.refused(batch);
      throw refused;
    }
    sender.added(batch);
    return future;
  }

  @Override
  public void flush() {
    if (callbacks.inCallback()) {
      throw new KafkaException(
          "KafkaProducer.flush() invocation inside a callback is not permitted");
    }
    if (closed) {
      return;
    }
    long began = link.now();
    try {
      sender.flush(true);
      while (!sender.idle()) {
        link.awaitProgressWithoutWakeup(Long.MAX_VALUE);
      }
      sender.flush(false);
    } finally {
      waits.took(ProducerWaits.Call.FLUSH, link.now() - began);
    }
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic) {
    if (closed && cluster.partitions(topic) == 0) {
      // What is known already, kafka-clients tells even then.
      throw new KafkaException("Requested metadata update after close");
    }
    awaitMetadata(
        new ProducerRecord<>(topic, null),
        ClientLink.deadline(link.now(), settings.maxBlockNanos()));
    return cluster.partitionInfo(topic);
  }

  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return sender.metrics().all().all();
  }

  @Override
  public void close() {
    close(Duration.ofMillis(Long.MAX_VALUE));
  }

  /** Sends what is buffered; what is not acknowledged in time fails. */
  @Override
  public void close(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("The timeout cannot be negative.");
    }
    if (closed) {
      // As in kafka-clients, what came with the producer is closed each time that it is.
      closeParts();
      return;
    }
    closed = true;
    long nanos =
        timeout.compareTo(Duration.ofDays(10_000)) > 0 ? Long.MAX_VALUE : timeout.toNanos();
    long deadline = ClientLink.deadline(link.now(), nanos);
    // A callback that closes its producer cannot wait for callbacks, its own among them.
    if (nanos > 0 && !callbacks.inCallback()) {
      sender.close();
      while (!sender.isClosed() && link.now() < deadline) {
        link.awaitProgressWithoutWakeup(deadline);
        if (callbacks.idle()
            && sender.transactions().map(TransactionManager::awaitsRecords).orElse(false)) {
          sender.step();
        }
      }
    }
    sender.abandon();
    while (!callbacks.inCallback() && !callbacks.idle()) {
      link.awaitProgressWithoutWakeup(Long.MAX_VALUE);
    }
    link.close();
    waits.closed();
    closeParts();
  }

  private void closeParts() {
    interceptors.close();
    keys.close();
    values.close();
    settings.partitioner().ifPresent(org.apache.kafka.clients.producer.Partitioner::close);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("Cannot perform operation after producer has been closed");
    }
  }

  @Override
  public void initTransactions() {
    transactions.initialize();
  }

  @Override
  public void beginTransaction() {
    transactions.begin();
  }

  @Override
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
    transactions.sendOffsets(offsets, groupMetadata);
  }

  @Override
  public void commitTransaction() {
    transactions.commit();
  }

  @Override
  public void abortTransaction() {
    transactions.abort();
  }

  @Override
  public void registerMetricForSubscription(KafkaMetric metric) {
    ClientMetrics.subscribe(metric);
  }

  @Override
  public void unregisterMetricFromSubscription(KafkaMetric metric) {
    ClientMetrics.subscribe(metric);
  }

  @Override
  public Uuid clientInstanceId(Duration timeout) {
    throw Refusal.notModelled("Producer.clientInstanceId");
  }
}
