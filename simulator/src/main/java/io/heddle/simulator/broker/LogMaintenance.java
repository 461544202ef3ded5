package io.heddle.simulator.broker;

import io.heddle.simulator.history.Fact;

/**
 * What brokers do to logs by and by: they delete old segments and compact. It is done before
 * anybody looks, for all the times at which it was due meanwhile, so that no timer keeps a run
 * alive in which nothing else happens.
 */
final class LogMaintenance {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Topics topics;
  private final LogSettings settings;
  private final Surroundings surroundings;
  private long nextRetentionNanos;
  private long nextCleaningNanos;

  LogMaintenance(Topics topics, LogSettings settings, Surroundings surroundings) {
    this.topics = topics;
    this.settings = settings;
    this.surroundings = surroundings;
    this.nextRetentionNanos = settings.initialTaskDelayMs() * NANOS_PER_MILLI;
    this.nextCleaningNanos = settings.cleanerBackoffMs() * NANOS_PER_MILLI;
  }

  /** Does what has been due until now. */
  void catchUp() {
    long now = surroundings.nanoTime();
    while (Math.min(nextRetentionNanos, nextCleaningNanos) <= now) {
      if (nextRetentionNanos <= nextCleaningNanos) {
        long then = nextRetentionNanos;
        nextRetentionNanos += settings.retentionCheckIntervalMs() * NANOS_PER_MILLI;
        topics.partitions().forEach(partition -> deleteOld(partition, millisAt(then)));
      } else {
        long then = nextCleaningNanos;
        nextCleaningNanos += settings.cleanerBackoffMs() * NANOS_PER_MILLI;
        topics.partitions().forEach(partition -> compact(partition, millisAt(then), false));
      }
    }
  }

  private long millisAt(long nanos) {
    return surroundings.wallMillis() - (surroundings.nanoTime() - nanos) / NANOS_PER_MILLI;
  }

  /** Deletes what the topic's policy no longer keeps; whether anything went. */
  boolean deleteOld(Partition partition, long nowMillis) {
    PartitionLog log = partition.log();
    long before = log.startOffset();
    boolean moved = log.deleteOld(topics.configOf(partition.id().topic()), nowMillis);
    if (moved) {
      tellStart(partition, before);
    }
    return moved;
  }

  /** Deletes what lies before the offset; whether anything went. */
  boolean deleteBefore(Partition partition, long offset) {
    long before = partition.log().startOffset();
    partition.log().deleteBefore(offset);
    if (partition.log().startOffset() == before) {
      return false;
    }
    tellStart(partition, before);
    return true;
  }

  private void tellStart(Partition partition, long before) {
    surroundings.record(
        new Fact.Removed(
            surroundings.nanoTime(), partition.id(), before, partition.log().startOffset()));
  }

  /**
   * Compacts the log, if its topic is compacted.
   *
   * @param anyhow however little is dirty, the active segment included
   * @return whether a record went
   */
  boolean compact(Partition partition, long nowMillis, boolean anyhow) {
    TopicConfig config = topics.configOf(partition.id().topic());
    if (!config.compacts()) {
      return false;
    }
    PartitionLog log = partition.log();
    if (anyhow) {
      log.roll(nowMillis);
    }
    return log.compact(config, nowMillis, anyhow)
        .map(result -> tellCompacted(partition, result))
        .orElse(false);
  }

  private boolean tellCompacted(Partition partition, Compaction.Result result) {
    for (Compaction.Removed gone : result.removed()) {
      surroundings.record(
          new Fact.Removed(
              surroundings.nanoTime(), partition.id(), gone.fromOffset(), gone.toOffset()));
    }
    return !result.removed().isEmpty();
  }
}
