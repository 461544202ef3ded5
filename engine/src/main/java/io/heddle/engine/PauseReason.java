package io.heddle.engine;

/** Why a partition's intake is stopped. */
public enum PauseReason {
  /** The partition has as many records in flight as {@code maxInFlightPerPartition} allows. */
  IN_FLIGHT,
  /** They have as many bytes as {@code maxInFlightBytesPerPartition} allows. */
  IN_FLIGHT_BYTES,
  /** So many records are complete that wait for an earlier one to be committed. */
  COMMIT_GAP,
  /** A key of a scheduler has more jobs queued than its {@code workerQueueDepth}. */
  KEY_QUEUE,
  /** A scheduler has more keys queued or running than its {@code maxConcurrentKeys}. */
  KEY_TABLE,
  /** A batcher has more items waiting than its {@code maxWaitingItems}. */
  BATCH_QUEUE,
  /** More is complete and not committed than the {@code maxSize} of exactly-once delivery. */
  TRANSACTION,
  /** Its state stores are being restored. */
  RESTORING,
  /** The source is stopping. */
  DRAINING,
  /** An event failed, and its partition was stopped as the policy says. */
  STOPPED
}
