package io.heddle.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Hears what a source does. {@link #retrying}, {@link #skipped}, {@link #deadLettered} and {@link
 * #partitionStopped} are called on the partition's strand, the others on the poll thread (but see
 * {@link #revoked}); they should be quick, and what they throw fails the source. Offsets of
 * interjections are -1. Sets and maps are ordered by topic and partition, and immutable.
 */
public interface EngineListener {

  /** These partitions were assigned; nothing of them has been polled yet. */
  default void assigned(Set<TopicPartition> partitions) {}

  /**
   * These partitions are ready: what their former owner left is known, their stores are restored,
   * and records follow. Comes once for each partition of an {@link #assigned}, unless it is gone
   * before.
   */
  default void activated(Set<TopicPartition> partitions) {}

  /**
   * A store of this partition is to be made again of its change log, which ends at {@code end}. On
   * the restore thread.
   */
  default void restoring(TopicPartition partition, String store, long end) {}

  /**
   * What a {@link PersistentStateStore} had of this partition is not what its change log says, and
   * it was {@link PersistentStateStore#reset}, to be made of the whole log. On the restore thread.
   *
   * @param reason in words
   */
  default void storeDiscarded(TopicPartition partition, String store, String reason) {}

  /** Its change log has been read up to {@code position}. On the restore thread. */
  default void restoreProgress(TopicPartition partition, String store, long position, long end) {}

  /** The store is complete, made of so many changes. On the restore thread. */
  default void restored(TopicPartition partition, String store, long changes) {}

  /** These partitions will be given back once what must be finished is. */
  default void willRevoke(Set<TopicPartition> partitions) {}

  /**
   * Nothing of these partitions runs here any more, save what the application completes by itself,
   * and nothing will: whatever was opened for them can be closed. Called once for each partition
   * that was assigned. Usually that is before they are given back, drained and committed; for a
   * partition that was lost, or whose drain ran out of time while a job was running, it is when the
   * last of its jobs has ended, alone and on the partition's strand.
   */
  default void revoked(Set<TopicPartition> partitions) {}

  /**
   * These partitions belong to someone else already; their work was dropped. See {@link #revoked}.
   */
  default void lost(Set<TopicPartition> partitions) {}

  /** The partition's intake was stopped. */
  default void paused(TopicPartition partition, PauseReason reason) {}

  /** The partition's intake goes on. */
  default void resumed(TopicPartition partition) {}

  /** The group coordinator acknowledged these offsets. */
  default void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  /**
   * A commit failed and is tried again.
   *
   * @param failedAttempts how many have failed since one succeeded
   */
  default void commitFailed(
      Map<TopicPartition, OffsetAndMetadata> offsets, int failedAttempts, Exception failure) {}

  /** An event has held back its partition's commit for {@code stuckAfter}. Once for each event. */
  default void stuck(CommitBlocker blocker) {}

  /**
   * A transaction with parts of these partitions was aborted, for this reason. Nothing of it will
   * be seen, and what it was about is done again, from the committed offsets on.
   */
  default void transactionAborted(Set<TopicPartition> partitions, Exception cause) {}

  /**
   * The member joins its group anew, and what is under way counts for nothing: the transactional
   * producer cannot be used any more, since it was fenced or timed out; or the group refused the
   * offsets of a transaction, having moved on while it told of an assignment; or it has not yet
   * released the member's {@code group.instance.id}.
   */
  default void rejoining(Exception cause) {}

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
