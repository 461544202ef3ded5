package io.heddle.engine;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Hears what a source does. All methods but {@link #skipped} are called on the poll thread, {@code
 * skipped} on the partition's strand; they should be quick, and what they throw fails the source.
 * Sets and maps are ordered by topic and partition, and immutable.
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

  /** The source failed and is closing. Called once, with {@link EventSource#failure()}. */
  default void failed(Throwable failure) {}
}
