package io.heddle.campaign.group;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;
import org.apache.kafka.coordinator.common.runtime.CoordinatorResult;
import org.apache.kafka.coordinator.common.runtime.CoordinatorTimer.TimeoutOperation;
import org.apache.kafka.coordinator.group.GroupConfigManager;
import org.apache.kafka.coordinator.group.GroupCoordinatorConfig;
import org.apache.kafka.coordinator.group.GroupCoordinatorShard;
import org.apache.kafka.coordinator.group.metrics.GroupCoordinatorMetrics;
import org.apache.kafka.coordinator.group.modern.share.ShareGroupConfig;
import org.apache.kafka.timeline.SnapshotRegistry;

/**
 * Kafka's group coordinator and what its runtime does for it: writes down the records that a
 * request makes and replays them, in memory and at once; what fails to be replayed is taken back.
 */
final class KafkaShard {
  private static final long NO_PRODUCER = -1;
  private static final short NO_EPOCH = -1;
  private static final TopicPartition PARTITION = new TopicPartition("__consumer_offsets", 0);
  private static final LogContext LOG = new LogContext();

  /** A request that may write. */
  interface Write<T> {
    CoordinatorResult<T, CoordinatorRecord> on(GroupCoordinatorShard shard);
  }

  private final SnapshotRegistry snapshots = new SnapshotRegistry(LOG);
  private final Deadlines deadlines = new Deadlines();
  private final KafkaTasks tasks = new KafkaTasks();
  private final GroupCoordinatorShard shard;
  private long written;
  private KafkaTopics topics = KafkaTopics.NONE;

  KafkaShard(Map<String, Object> settings, GroupCoordinatorMetrics metrics, VirtualTime time) {
    GroupCoordinatorConfig config = GroupCoordinatorConfig.fromProps(settings);
    ShareGroupConfig shareConfig =
        new ShareGroupConfig(
            new AbstractConfig(
                Utils.mergeConfigs(
                    List.of(ShareGroupConfig.CONFIG_DEF, GroupCoordinatorConfig.CONFIG_DEF)),
                settings,
                false));
    GroupConfigManager groupConfigs = new GroupConfigManager(new HashMap<>(), config, shareConfig);
    GroupCoordinatorShard.Builder builder = new GroupCoordinatorShard.Builder(config, groupConfigs);
    builder.withAuthorizerPlugin(Optional.empty());
    builder.withLogContext(LOG);
    builder.withSnapshotRegistry(snapshots);
    builder.withTime(time);
    builder.withTimer(new KafkaTimers(time, deadlines, this::expire));
    builder.withExecutor(tasks);
    builder.withCoordinatorMetrics(metrics);
    builder.withTopicPartition(PARTITION);
    shard = builder.build();
    snapshots.idempotentCreateSnapshot(written);
    shard.onLoaded(topics);
  }

  KafkaTopics topics() {
    return topics;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  GroupCoordinatorShard shard() {
    return shard;
  }

  /** Up to where the log is written, and so committed. */
  long committed() {
    return written;
  }

  <T> T write(Write<T> request) {
    return write(NO_PRODUCER, NO_EPOCH, request);
  }

  <T> T write(long producerId, short producerEpoch, Write<T> request) {
    CoordinatorResult<T, CoordinatorRecord> result = request.on(shard);
    append(producerId, producerEpoch, result);
    runTasks();
    return result.response();
  }

  void endTransaction(long producerId, short producerEpoch, boolean committed) {
    shard.replayEndTransactionMarker(
        producerId, producerEpoch, committed ? TransactionResult.COMMIT : TransactionResult.ABORT);
    advance(1);
  }

  void createTopic(String name, Uuid id, int partitions) {
    KafkaTopics before = topics;
    topics = topics.with(new KafkaTopics.Topic(name, id, partitions));
    shard.onMetadataUpdate(
        new KafkaTopics.Delta(before, List.of(id), List.of(id), Set.of()), topics);
    runTasks();
  }

  void growTopic(String name, int partitions) {
    KafkaTopics before = topics;
    Uuid id = topics.byName().get(name).id();
    topics = topics.with(new KafkaTopics.Topic(name, id, partitions));
    shard.onMetadataUpdate(new KafkaTopics.Delta(before, List.of(), List.of(id), Set.of()), topics);
    runTasks();
  }

  void deleteTopic(String name) {
    KafkaTopics before = topics;
    KafkaTopics.Topic topic = topics.byName().get(name);
    topics = topics.without(name);
    shard.onMetadataUpdate(
        new KafkaTopics.Delta(before, List.of(), List.of(), Set.of(topic.id())), topics);
    write(
        it ->
            it.onTopicsDeleted(
                List.of(new GroupCoordinatorShard.DeletedTopic(topic.id(), topic.name()))));
  }

  private boolean expire(TimeoutOperation<CoordinatorRecord> operation) {
    try {
      append(NO_PRODUCER, NO_EPOCH, operation.generateRecords());
    } catch (RuntimeException failure) {
      // Kafka's runtime logs it and goes on.
      return false;
    }
    runTasks();
    return true;
  }

  private void runTasks() {
    for (KafkaTasks.Completion task = tasks.next(); task != null; task = tasks.next()) {
      append(NO_PRODUCER, NO_EPOCH, task.records());
    }
  }

  private <T> void append(
      long producerId, short producerEpoch, CoordinatorResult<T, CoordinatorRecord> result) {
    List<CoordinatorRecord> records = result.records();
    CompletableFuture<Void> appended = result.appendFuture();
    if (!records.isEmpty()) {
      try {
        if (result.replayRecords()) {
          long offset = written;
          for (CoordinatorRecord record : records) {
            shard.replay(offset++, producerId, producerEpoch, record);
          }
        }
      } catch (RuntimeException failure) {
        snapshots.revertToSnapshot(written);
        if (appended != null) {
          appended.completeExceptionally(failure);
        }
        throw failure;
      }
      advance(records.size());
    }
    if (appended != null) {
      appended.complete(null);
    }
  }

  private void advance(int records) {
    written += records;
    snapshots.idempotentCreateSnapshot(written);
    snapshots.deleteSnapshotsUpTo(written);
  }
}
