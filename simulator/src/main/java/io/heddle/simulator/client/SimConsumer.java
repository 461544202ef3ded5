package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ListOffsetsRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Consumer} on the simulated Kafka, with either group protocol. Its calls take virtual
 * time; like kafka-clients' consumer it is used by one thread at a time, {@link #wakeup} apart,
 * which calls its interceptors, too.
 *
 * <p>Refuses by name: client instance ids.
 */
public final class SimConsumer<K, V> implements TopicsConsumer<K, V>, UnmodelledConsumer<K, V> {
  private static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final ConsumerCore<K, V> core;
  private final Deserializer<K> keys;
  private final Deserializer<V> values;
  private final ConsumerGuard guard;
  private final SubscriptionCalls subscriptions;
  private final CommitCalls commits;
  private final OffsetCalls offsets;
  private final TopicCalls topics;

  private SimConsumer(ConsumerCore<K, V> core, Deserializer<K> keys, Deserializer<V> values) {
    this.core = core;
    this.keys = keys;
    this.values = values;
    this.subscriptions = new SubscriptionCalls(core);
    this.commits = new CommitCalls(core);
    this.offsets = new OffsetCalls(core);
    this.guard = new ConsumerGuard(core::called);
    this.topics = new TopicCalls(core, guard);
  }

  /**
   * A consumer with kafka-clients' configuration; {@code bootstrap.servers} need not be given.
   *
   * @throws org.apache.kafka.common.config.ConfigException as kafka-clients does
   * @throws KafkaException if an interceptor cannot be made
   */
  @SuppressWarnings("unchecked")
  public static <K, V> SimConsumer<K, V> create(
      ClientContext context, Map<String, Object> properties) {
    ConsumerSettings settings = ConsumerSettings.of(properties);
    ConsumerInterceptors<K, V> interceptors = ConsumerInterceptors.of(settings.config());
    Deserializer<K> keys =
        settings.config().getConfiguredInstance("key.deserializer", Deserializer.class);
    Deserializer<V> values =
        settings.config().getConfiguredInstance("value.deserializer", Deserializer.class);
    keys.configure(settings.config().originals(), true);
    values.configure(settings.config().originals(), false);
    return new SimConsumer<>(
        new ConsumerCore<>(context, settings, new RecordReader<>(keys, values), interceptors),
        keys,
        values);
  }

  @Override
  public Set<TopicPartition> assignment() {
    return guard.entered(
        () -> Collections.unmodifiableSet(new LinkedHashSet<>(core.subscriptions.partitions())));
  }

  @Override
  public Set<String> subscription() {
    return guard.entered(
        () -> Collections.unmodifiableSet(new LinkedHashSet<>(core.subscriptions.topics())));
  }

  @Override
  public void subscribe(Collection<String> topics) {
    subscribeTo(topics, null);
  }

  @Override
  public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
    if (listener == null) {
      throw new IllegalArgumentException("RebalanceListener cannot be null");
    }
    subscribeTo(topics, listener);
  }

  private void subscribeTo(
      Collection<String> topics, @Nullable ConsumerRebalanceListener listener) {
    guard.entering(() -> subscriptions.subscribe(topics, listener));
  }

  @Override
  public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
    if (listener == null) {
      throw new IllegalArgumentException("RebalanceListener cannot be null");
    }
    guard.entering(() -> subscriptions.subscribe(pattern, listener));
  }

  @Override
  public void subscribe(Pattern pattern) {
    guard.entering(() -> subscriptions.subscribe(pattern, null));
  }

  @Override
  public void subscribe(SubscriptionPattern pattern, ConsumerRebalanceListener listener) {
    if (listener == null) {
      throw new IllegalArgumentException("RebalanceListener cannot be null");
    }
    guard.entering(() -> subscriptions.subscribe(pattern, listener));
  }

  @Override
  public void subscribe(SubscriptionPattern pattern) {
    guard.entering(() -> subscriptions.subscribe(pattern, null));
  }

  @Override
  public void assign(Collection<TopicPartition> partitions) {
    guard.entering(() -> subscriptions.assign(partitions));
  }

  @Override
  public void unsubscribe() {
    guard.entering(subscriptions::unsubscribe);
  }

  @Override
  public ConsumerRecords<K, V> poll(Duration timeout) {
    return guard.entered(() -> core.poll(core.deadline(timeout)));
  }

  @Override
  public void commitSync() {
    commitSync(core.defaultTimeout());
  }

  @Override
  public void commitSync(Duration timeout) {
    guard.entering(() -> commits.sync(null, timeout));
  }

  @Override
  public void commitSync(Map<TopicPartition, OffsetAndMetadata> what) {
    commitSync(what, core.defaultTimeout());
  }

  @Override
  public void commitSync(Map<TopicPartition, OffsetAndMetadata> what, Duration timeout) {
    guard.entering(() -> commits.syncNamed(what, timeout));
  }

  @Override
  public void commitAsync() {
    guard.entering(() -> commits.async(null, null));
  }

  @Override
  public void commitAsync(@Nullable OffsetCommitCallback callback) {
    guard.entering(() -> commits.async(null, callback));
  }

  @Override
  public void commitAsync(
      Map<TopicPartition, OffsetAndMetadata> what, @Nullable OffsetCommitCallback callback) {
    guard.entering(() -> commits.asyncNamed(what, callback));
  }

  @Override
  public void seek(TopicPartition partition, long offset) {
    seekTo(partition, offset, Optional.empty());
  }

  @Override
  public void seek(TopicPartition partition, OffsetAndMetadata offset) {
    seekTo(partition, offset.offset(), offset.leaderEpoch());
  }

  private void seekTo(TopicPartition partition, long offset, Optional<Integer> epoch) {
    OffsetCalls.notNegative(offset);
    guard.entering(() -> core.seek(partition, offset, epoch));
  }

  @Override
  public void seekToBeginning(Collection<TopicPartition> partitions) {
    seekTo(partitions, Reset.End.EARLIEST);
  }

  @Override
  public void seekToEnd(Collection<TopicPartition> partitions) {
    seekTo(partitions, Reset.End.LATEST);
  }

  private void seekTo(Collection<TopicPartition> partitions, Reset.End end) {
    SubscriptionCalls.notNull(partitions, "Partitions collection");
    guard.entering(() -> offsets.seek(partitions, end));
  }

  @Override
  public long position(TopicPartition partition) {
    return position(partition, core.defaultTimeout());
  }

  @Override
  public long position(TopicPartition partition, Duration timeout) {
    return guard.entered(() -> offsets.position(partition, timeout));
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
    return committed(partitions, core.defaultTimeout());
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> committed(
      Set<TopicPartition> partitions, Duration timeout) {
    return guard.entered(() -> offsets.committed(partitions, timeout));
  }

  @Override
  public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> timestamps) {
    return offsetsForTimes(timestamps, core.defaultTimeout());
  }

  @Override
  public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> timestamps, Duration timeout) {
    return guard.entered(() -> offsets.offsetsForTimes(timestamps, timeout));
  }

  @Override
  public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
    return beginningOffsets(partitions, core.defaultTimeout());
  }

  @Override
  public Map<TopicPartition, Long> beginningOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    return guard.entered(() -> offsets.offsets(partitions, ListOffsetsRequest.EARLIEST, timeout));
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
    return endOffsets(partitions, core.defaultTimeout());
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    return guard.entered(() -> offsets.offsets(partitions, ListOffsetsRequest.LATEST, timeout));
  }

  @Override
  public OptionalLong currentLag(TopicPartition partition) {
    return guard.entered(() -> offsets.currentLag(partition));
  }

  /** For the simulator's own use. */
  @Override
  public TopicCalls topics() {
    return topics;
  }

  @Override
  public Set<TopicPartition> paused() {
    return guard.entered(
        () -> {
          Set<TopicPartition> paused = new LinkedHashSet<>();
          core.subscriptions.states().stream()
              .filter(PartitionState::paused)
              .forEach(state -> paused.add(state.partition()));
          return Collections.unmodifiableSet(paused);
        });
  }

  @Override
  public void pause(Collection<TopicPartition> partitions) {
    guard.entering(() -> partitions.forEach(each -> core.subscriptions.require(each).paused(true)));
  }

  @Override
  public void resume(Collection<TopicPartition> partitions) {
    guard.entering(
        () -> partitions.forEach(each -> core.subscriptions.require(each).paused(false)));
  }

  @Override
  public ConsumerGroupMetadata groupMetadata() {
    return guard.entered(core::groupMetadata);
  }

  @Override
  public void enforceRebalance() {
    guard.entering(
        () ->
            core.groupIfAny()
                .ifPresentOrElse(
                    parts -> parts.member().requestRejoin(), this::nothingToRebalance));
  }

  private void nothingToRebalance() {
    if (!core.settings.group().consumerProtocol()) {
      throw new IllegalStateException(
          "Tried to force a rebalance but consumer does not have a group.");
    }
  }

  @Override
  public void enforceRebalance(String reason) {
    enforceRebalance();
  }

  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return core.metrics.all().all();
  }

  @Override
  public void close() {
    closeWithin(DEFAULT_CLOSE_TIMEOUT, Leaving.DEFAULT);
  }

  @Override
  @Deprecated
  public void close(Duration timeout) {
    closeWithin(timeout, Leaving.DEFAULT);
  }

  @Override
  public void close(CloseOptions options) {
    closeWithin(
        options.timeout().orElse(DEFAULT_CLOSE_TIMEOUT),
        Leaving.valueOf(options.groupMembershipOperation().name()));
  }

  private void closeWithin(Duration timeout, Leaving operation) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("The timeout cannot be negative.");
    }
    if (guard.closed()) {
      return;
    }
    guard.entering(
        () -> {
          try {
            core.close(core.deadline(timeout), operation);
          } catch (InterruptException interrupted) {
            throw interrupted;
          } catch (RuntimeException failed) {
            throw new KafkaException("Failed to close kafka consumer", failed);
          } finally {
            guard.close();
            core.link.close();
            core.metrics.closed();
            core.interceptors.close();
            keys.close();
            values.close();
          }
        });
  }

  @Override
  public void wakeup() {
    core.link.wakeup();
  }

  /** Whether it has been closed. */
  public boolean isClosed() {
    return core.link.closed();
  }
}
