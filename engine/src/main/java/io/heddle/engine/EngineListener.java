package io.heddle.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Hears what a source does. {@link #retrying}, {@link #skipped}, {@link #deadLettered} and {@link
 * #partitionStopped} are called on the partition's strand, the others on the poll thread; they
 * should be quick, and what they throw fails the source. Offsets of interjections are -1. Sets and
 * maps are ordered by topic and partition, and immutable.
 */
public interface EngineListener {

  /** These partitions were assigned; nothing of them has been polled yet. */
  default void assigned(Set<TopicPartition> partitions) {}

  /** These partitions will be given back once what must be finished is. */
  default void willRevoke(Set<TopicPartition> partitions) {}

  /**
   * These partitions are given back: drained or out of time, and committed if that was possible.
   */
  default void revoked(Set<TopicPartition> partitions) {}

  /** These partitions belong to someone else already; their work was dropped. */
  default void lost(Set<TopicPartition> partitions) {}

  /** The partition's intake was stopped. */
  default void paused(TopicPartition partition, PauseReason reason) {}

  /** The partition's intake goes on. */
  default void resumed(TopicPartition partition) {}

  /** The group coordinator acknowledged these offsets. */
  default void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  /** An event failed and was skipped, as the policy says. */
  default void skipped(TopicPartition partition, long offset, Exception failure) {}

  /** An attempt failed, and after {@code delay} there will be another one. */
  default void retrying(
      TopicPartition partition,
      long offset,
      FailureStage stage,
      int failedAttempts,
      Duration delay,
      Exception failure) {}

  /** An event failed, and its record is on its way to the dead letter topic. */
  default void deadLettered(
      TopicPartition partition, long offset, String topic, Exception failure) {}

  /** An event failed, and its partition was stopped, as the policy says. */
  default void partitionStopped(TopicPartition partition, long offset, Exception failure) {}

  /** The source failed and is closing. Called once, with {@link EventSource#failure()}. */
  default void failed(Throwable failure) {}
}
