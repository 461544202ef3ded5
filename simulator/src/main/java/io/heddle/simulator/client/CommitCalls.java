package io.heddle.simulator.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What the application calls to commit: what it names, or without that all that it has had. */
final class CommitCalls {
  private final ConsumerCore<?, ?> core;

  CommitCalls(ConsumerCore<?, ?> core) {
    this.core = core;
  }

  /** Commits what is named, which kafka-clients insists on. */
  void syncNamed(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
    insist(offsets);
    sync(offsets, timeout);
  }

  /** Commits what is named, which kafka-clients insists on. */
  void asyncNamed(
      Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback) {
    insist(offsets);
    async(offsets, callback);
  }

  private void insist(Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (!core.settings.group().consumerProtocol()) {
      // By the classic protocol the group is looked at first.
      core.group();
    }
    Objects.requireNonNull(offsets, "offsets");
  }

  void sync(@Nullable Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
    long began = core.link.now();
    try {
      OffsetStore store = core.group().offsets();
      long deadline = core.deadline(timeout);
      if (offsets == null) {
        store.commitSync(core.allConsumed(), deadline);
      } else if (checked(offsets).isEmpty()) {
        store.commitSyncOfNothing(deadline);
      } else {
        store.commitSync(new LinkedHashMap<>(offsets), deadline);
      }
    } finally {
      core.metrics.commitSyncTook(core.link.now() - began);
    }
  }

  void async(
      @Nullable Map<TopicPartition, OffsetAndMetadata> offsets,
      @Nullable OffsetCommitCallback callback) {
    OffsetStore store = core.group().offsets();
    if (offsets == null) {
      store.commitAsync(core.allConsumed(), callback);
    } else if (checked(offsets).isEmpty()) {
      store.commitAsyncOfNothing(callback);
    } else {
      store.commitAsync(offsets, callback);
    }
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
}
