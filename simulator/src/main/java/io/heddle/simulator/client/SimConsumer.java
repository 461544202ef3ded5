package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListOffsetsRequest;
import io.heddle.simulator.protocol.ListOffsetsResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
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
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Consumer} on the simulated Kafka, with the classic group protocol. Its calls take
 * virtual time; like kafka-clients' consumer it is used by one thread at a time, {@link #wakeup}
 * apart.
 *
 * <p>Refuses by name: subscriptions by pattern, metric subscriptions, client instance ids, listing
 * topics.
 */
public final class SimConsumer<K, V> implements Consumer<K, V> {
  private static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final ConsumerCore<K, V> core;
  private final Deserializer<K> keys;
  private final Deserializer<V> values;
  private @Nullable Thread user;
  private int entries;
  private boolean closed;

  private SimConsumer(ConsumerCore<K, V> core, Deserializer<K> keys, Deserializer<V> values) {
    this.core = core;
    this.keys = keys;
    this.values = values;
  }

  /**
   * A consumer with kafka-clients' configuration; {@code bootstrap.servers} need not be given.
   *
   * @throws org.apache.kafka.common.config.ConfigException as kafka-clients does
   */
  @SuppressWarnings("unchecked")
  public static <K, V> SimConsumer<K, V> create(
      ClientContext context, Map<String, Object> properties) {
    ConsumerSettings settings = ConsumerSettings.of(properties);
    Deserializer<K> keys =
        settings.config().getConfiguredInstance("key.deserializer", Deserializer.class);
    Deserializer<V> values =
        settings.config().getConfiguredInstance("value.deserializer", Deserializer.class);
    keys.configure(settings.config().originals(), true);
    values.configure(settings.config().originals(), false);
    return new SimConsumer<>(
        new ConsumerCore<>(context, settings, new RecordReader<>(keys, values)), keys, values);
  }

  private <T> T entered(Supplier<T> action) {
    Thread caller = Thread.currentThread();
    if (entries > 0 && user != caller) {
      throw new ConcurrentModificationException(
          "KafkaConsumer is not safe for multi-threaded access. currentThread(name: "
              + caller.getName()
              + ") otherThread(name: "
              + Objects.requireNonNull(user).getName()
              + ")");
    }
    if (closed) {
      throw new IllegalStateException("This consumer has already been closed.");
    }
    user = caller;
    entries++;
    try {
      return action.get();
    } finally {
      entries--;
    }
  }

  private void entering(Runnable action) {
    Boolean done =
        entered(
            () -> {
              action.run();
              return Boolean.TRUE;
            });
    Objects.requireNonNull(done);
  }

  private long deadline(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("Timeout must not be negative");
    }
    long nanos =
        timeout.compareTo(Duration.ofDays(10_000)) > 0 ? Long.MAX_VALUE : timeout.toNanos();
    return ClientLink.deadline(core.link.now(), nanos);
  }

  private Duration defaultTimeout() {
    return Duration.ofNanos(core.settings.times().defaultApiTimeoutNanos());
  }

  @Override
  public Set<TopicPartition> assignment() {
    return entered(
        () -> Collections.unmodifiableSet(new LinkedHashSet<>(core.subscriptions.partitions())));
  }

  @Override
  public Set<String> subscription() {
    return entered(
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
    entering(
        () -> {
          core.group();
          notNull(topics, "Topic collection to subscribe to");
          if (topics.isEmpty()) {
            giveUpSubscription();
            return;
          }
          for (String topic : topics) {
            if (topic == null || topic.isBlank()) {
              throw new IllegalArgumentException(
                  "Topic collection to subscribe to cannot contain null or empty topic");
            }
          }
          core.subscriptions.subscribe(topics, listener);
          core.group().offsets().managed(true);
          core.cluster.want(core.subscriptions.topics());
        });
  }

  private static void notNull(@Nullable Object argument, String what) {
    if (argument == null) {
      throw new IllegalArgumentException(what + " cannot be null");
    }
  }

  @Override
  public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
    throw Refusal.notModelled("Consumer.subscribe(Pattern)");
  }

  @Override
  public void subscribe(Pattern pattern) {
    throw Refusal.notModelled("Consumer.subscribe(Pattern)");
  }

  @Override
  public void subscribe(SubscriptionPattern pattern, ConsumerRebalanceListener listener) {
    throw Refusal.notModelled("Consumer.subscribe(SubscriptionPattern)");
  }

  @Override
  public void subscribe(SubscriptionPattern pattern) {
    throw Refusal.notModelled("Consumer.subscribe(SubscriptionPattern)");
  }

  @Override
  public void assign(Collection<TopicPartition> partitions) {
    entering(
        () -> {
          notNull(partitions, "Topic partition collection to assign to");
          if (partitions.isEmpty()) {
            giveUpSubscription();
            return;
          }
          for (TopicPartition partition : partitions) {
            if (partition == null || partition.topic() == null || partition.topic().isBlank()) {
              throw new IllegalArgumentException(
                  "Topic partitions to assign to cannot have null or empty topic");
            }
          }
          core.autoCommitIfDue();
          core.subscriptions.assign(partitions);
          core.groupIfAny().ifPresent(parts -> parts.offsets().managed(false));
          core.cluster.want(partitions.stream().map(TopicPartition::topic).toList());
        });
  }

  @Override
  public void unsubscribe() {
    entering(this::giveUpSubscription);
  }

  private void giveUpSubscription() {
    if (core.subscriptions.kind() == Subscriptions.Kind.TOPICS) {
      core.group().member().giveUp("the consumer unsubscribed from all topics");
    }
    core.groupIfAny().ifPresent(parts -> parts.offsets().managed(false));
    core.subscriptions.unsubscribe();
  }

  @Override
  public ConsumerRecords<K, V> poll(Duration timeout) {
    return entered(() -> core.poll(deadline(timeout)));
  }

  @Override
  public void commitSync() {
    commitSync(defaultTimeout());
  }

  @Override
  public void commitSync(Duration timeout) {
    entering(() -> core.group().offsets().commitSync(core.allConsumed(), deadline(timeout)));
  }

  @Override
  public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
    commitSync(offsets, defaultTimeout());
  }

  @Override
  public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
    entering(
        () ->
            core.group()
                .offsets()
                .commitSync(new LinkedHashMap<>(checked(offsets)), deadline(timeout)));
  }

  @Override
  public void commitAsync() {
    commitAsyncWith(null, null);
  }

  @Override
  public void commitAsync(@Nullable OffsetCommitCallback callback) {
    commitAsyncWith(null, callback);
  }

  @Override
  public void commitAsync(
      Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback) {
    commitAsyncWith(offsets, callback);
  }

  private void commitAsyncWith(
      @Nullable Map<TopicPartition, OffsetAndMetadata> offsets,
      @Nullable OffsetCommitCallback callback) {
    entering(
        () ->
            core.group()
                .offsets()
                .commitAsync(offsets == null ? core.allConsumed() : checked(offsets), callback));
  }

  private static Map<TopicPartition, OffsetAndMetadata> checked(
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, offset) -> {
          if (offset.offset() < 0) {
            throw new IllegalArgumentException("Invalid offset: " + offset.offset());
          }
        });
    return offsets;
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
    if (offset < 0) {
      throw new IllegalArgumentException("seek offset must not be a negative number");
    }
    entering(() -> core.subscriptions.require(partition).seek(offset, epoch));
  }

  @Override
  public void seekToBeginning(Collection<TopicPartition> partitions) {
    seekTo(partitions, ListOffsetsRequest.EARLIEST);
  }

  @Override
  public void seekToEnd(Collection<TopicPartition> partitions) {
    seekTo(partitions, ListOffsetsRequest.LATEST);
  }

  private void seekTo(Collection<TopicPartition> partitions, long timestamp) {
    notNull(partitions, "Partitions collection");
    entering(
        () -> {
          Collection<TopicPartition> wanted =
              partitions.isEmpty() ? core.subscriptions.partitions() : partitions;
          wanted.forEach(each -> core.subscriptions.require(each).resetTo(timestamp));
        });
  }

  @Override
  public long position(TopicPartition partition) {
    return position(partition, defaultTimeout());
  }

  @Override
  public long position(TopicPartition partition, Duration timeout) {
    return entered(
        () -> {
          PartitionState state = core.subscriptions.find(partition);
          if (state == null) {
            throw new IllegalStateException(
                "You can only check the position for partitions assigned to this consumer.");
          }
          await(
              state::positioned,
              deadline(timeout),
              core.positions::update,
              () ->
                  "Timeout of "
                      + timeout.toMillis()
                      + "ms expired before the position for partition "
                      + partition
                      + " could be determined");
          return state.position();
        });
  }

  private void await(
      BooleanSupplier done, long deadlineNanos, Runnable step, Supplier<String> timedOut) {
    while (!done.getAsBoolean()) {
      core.cluster.update();
      step.run();
      if (done.getAsBoolean()) {
        return;
      }
      if (core.link.now() >= deadlineNanos) {
        throw new TimeoutException(timedOut.get());
      }
      core.link.awaitProgress(deadlineNanos);
    }
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
    return committed(partitions, defaultTimeout());
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> committed(
      Set<TopicPartition> partitions, Duration timeout) {
    return entered(
        () -> {
          ConsumerCore.GroupParts parts = core.group();
          BlockingLookup<Map<TopicPartition, Optional<OffsetAndMetadata>>> lookup =
              new BlockingLookup<>(core.link, core.settings.times().retryBackoffNanos());
          Map<TopicPartition, Optional<OffsetAndMetadata>> found =
              lookup.await(
                  deadline(timeout),
                  () -> {
                    parts.coordinator().lookUp();
                    return parts.coordinator().known();
                  },
                  (done, failed) ->
                      parts.offsets().fetch(Subscriptions.sorted(partitions), done, failed),
                  "Timeout of "
                      + timeout.toMillis()
                      + "ms expired before the last committed offset for partitions "
                      + partitions
                      + " could be determined. Try tuning default.api.timeout.ms larger to relax"
                      + " the threshold.");
          Map<TopicPartition, OffsetAndMetadata> committed = new LinkedHashMap<>();
          found.forEach((partition, offset) -> committed.put(partition, offset.orElse(null)));
          return committed;
        });
  }

  @Override
  public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> timestamps) {
    return offsetsForTimes(timestamps, defaultTimeout());
  }

  @Override
  public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> timestamps, Duration timeout) {
    return entered(
        () -> {
          timestamps.forEach(
              (partition, timestamp) -> {
                if (timestamp < 0) {
                  throw new IllegalArgumentException(
                      "The target time for partition "
                          + partition
                          + " is "
                          + timestamp
                          + ". The target time cannot be negative.");
                }
              });
          Map<TopicPartition, OffsetAndTimestamp> result = new LinkedHashMap<>();
          list(timestamps, timeout)
              .forEach(
                  (partition, found) ->
                      result.put(
                          partition,
                          found.offset() < 0
                              ? null
                              : new OffsetAndTimestamp(
                                  found.offset(),
                                  found.timestamp(),
                                  Optional.of(found.leaderEpoch()))));
          return result;
        });
  }

  @Override
  public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
    return beginningOffsets(partitions, defaultTimeout());
  }

  @Override
  public Map<TopicPartition, Long> beginningOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    return entered(() -> offsets(partitions, ListOffsetsRequest.EARLIEST, timeout));
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
    return endOffsets(partitions, defaultTimeout());
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    return entered(() -> offsets(partitions, ListOffsetsRequest.LATEST, timeout));
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions, long timestamp, Duration timeout) {
    Map<TopicPartition, Long> wanted = new LinkedHashMap<>();
    partitions.forEach(partition -> wanted.put(partition, timestamp));
    Map<TopicPartition, Long> result = new LinkedHashMap<>();
    list(wanted, timeout).forEach((partition, found) -> result.put(partition, found.offset()));
    return result;
  }

  private Map<TopicPartition, ListOffsetsResponse.PartitionOffset> list(
      Map<TopicPartition, Long> timestamps, Duration timeout) {
    core.cluster.want(timestamps.keySet().stream().map(TopicPartition::topic).toList());
    BlockingLookup<Map<TopicPartition, ListOffsetsResponse.PartitionOffset>> lookup =
        new BlockingLookup<>(core.link, core.settings.times().retryBackoffNanos());
    return lookup.await(
        deadline(timeout),
        () -> {
          core.cluster.update();
          return timestamps.keySet().stream().allMatch(it -> core.cluster.leader(it).isPresent());
        },
        (done, failed) ->
            core.positions.list(
                timestamps,
                found -> {
                  for (TopicPartition partition : timestamps.keySet()) {
                    ListOffsetsResponse.PartitionOffset offset = found.get(partition);
                    if (offset == null || offset.error() != ErrorCode.NONE) {
                      core.cluster.invalidate();
                      failed.accept(
                          offset == null
                              ? ErrorCode.NETWORK_EXCEPTION.exception()
                              : offset.error().exception());
                      return;
                    }
                  }
                  done.accept(found);
                }),
        "Failed to get offsets by times in " + timeout.toMillis() + "ms");
  }

  @Override
  public OptionalLong currentLag(TopicPartition partition) {
    return entered(
        () -> {
          PartitionState state = core.subscriptions.require(partition);
          return !state.positioned() || state.end() < 0
              ? OptionalLong.empty()
              : OptionalLong.of(state.end() - state.position());
        });
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic) {
    return partitionsFor(topic, defaultTimeout());
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
    return entered(
        () -> {
          core.cluster.want(List.of(topic));
          await(
              () -> core.cluster.partitions(topic) > 0 || core.cluster.missing(topic),
              deadline(timeout),
              () -> {},
              () -> "Timeout expired while fetching topic metadata");
          return core.cluster.partitionInfo(topic);
        });
  }

  @Override
  public Map<String, List<PartitionInfo>> listTopics() {
    throw Refusal.notModelled("Consumer.listTopics");
  }

  @Override
  public Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
    throw Refusal.notModelled("Consumer.listTopics");
  }

  @Override
  public Set<TopicPartition> paused() {
    return entered(
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
    entering(() -> partitions.forEach(each -> core.subscriptions.require(each).paused(true)));
  }

  @Override
  public void resume(Collection<TopicPartition> partitions) {
    entering(() -> partitions.forEach(each -> core.subscriptions.require(each).paused(false)));
  }

  @Override
  public ConsumerGroupMetadata groupMetadata() {
    return entered(core::groupMetadata);
  }

  @Override
  public void enforceRebalance() {
    entering(
        () ->
            core.groupIfAny()
                .orElseThrow(
                    () ->
                        new IllegalStateException(
                            "Tried to force a rebalance but consumer does not have a group."))
                .member()
                .requestRejoin());
  }

  @Override
  public void enforceRebalance(String reason) {
    enforceRebalance();
  }

  /** Nothing is measured: an empty map. */
  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return Map.of();
  }

  @Override
  public void registerMetricForSubscription(KafkaMetric metric) {
    throw Refusal.notModelled("Consumer.registerMetricForSubscription");
  }

  @Override
  public void unregisterMetricFromSubscription(KafkaMetric metric) {
    throw Refusal.notModelled("Consumer.unregisterMetricFromSubscription");
  }

  @Override
  public Uuid clientInstanceId(Duration timeout) {
    throw Refusal.notModelled("Consumer.clientInstanceId");
  }

  @Override
  public void close() {
    closeWithin(DEFAULT_CLOSE_TIMEOUT, true);
  }

  @Override
  @Deprecated
  public void close(Duration timeout) {
    closeWithin(timeout, true);
  }

  @Override
  public void close(CloseOptions options) {
    closeWithin(
        options.timeout().orElse(DEFAULT_CLOSE_TIMEOUT),
        options.groupMembershipOperation()
            != CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP);
  }

  private void closeWithin(Duration timeout, boolean leave) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("The timeout cannot be negative.");
    }
    if (closed) {
      return;
    }
    entering(
        () -> {
          try {
            core.close(deadline(timeout), leave);
          } catch (InterruptException interrupted) {
            throw interrupted;
          } catch (RuntimeException failed) {
            throw new KafkaException("Failed to close kafka consumer", failed);
          } finally {
            closed = true;
            core.link.close();
            keys.close();
            values.close();
          }
        });
  }

  @Override
  public void wakeup() {
    core.link.wakeup();
  }
}
