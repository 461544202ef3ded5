package io.heddle.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what strands have published as complete. Of the poll thread.
 *
 * <p>A commit counts when it is acknowledged. Until then its offsets are simply still to be
 * committed, so a commit that fails is made again, with what is complete by then.
 */
final class Committer {
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  private final Engine engine;
  private final Consumer<byte[], byte[]> consumer;
  private long lastCommitNanos;
  private boolean underWay;

  Committer(Engine engine, Consumer<byte[], byte[]> consumer) {
    this.engine = engine;
    this.consumer = consumer;
    this.lastCommitNanos = engine.nanoTime();
  }

  /** Nanoseconds until {@link #commitIfDue} will do something; negative if it is overdue. */
  long untilDue(long nowNanos) {
    return lastCommitNanos + engine.config().commitInterval().toNanos() - nowNanos;
  }

  void commitIfDue(Collection<PartitionWorker> workers, long nowNanos) {
    if (untilDue(nowNanos) > 0) {
      return;
    }
    lastCommitNanos = nowNanos;
    // One at a time: a slow coordinator gets no pile of commits that overtake each other.
    Map<PartitionWorker, OffsetAndMetadata> due = underWay ? Map.of() : due(workers);
    if (!due.isEmpty()) {
      underWay = true;
      consumer.commitAsync(byPartition(due), (offsets, failure) -> ended(due, failure));
    }
  }

  /** Commits and waits for it, but not longer than the commit timeout. */
  void commitSync(Collection<PartitionWorker> workers) {
    Map<PartitionWorker, OffsetAndMetadata> due = due(workers);
    if (due.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = byPartition(due);
    long deadline = engine.nanoTime() + engine.config().commitTimeout().toNanos();
    try {
      while (!attempt(offsets, deadline)) {
        LOG.debug("A wake-up meant for a poll ended a commit, which is repeated");
      }
      acknowledged(due);
    } catch (RuntimeException e) {
      answer(offsets, e);
    }
  }

  /** Returns false if a wake-up that was left over from a poll got in the way. */
  private boolean attempt(Map<TopicPartition, OffsetAndMetadata> offsets, long deadlineNanos) {
    try {
      long left = Math.max(1_000_000, deadlineNanos - engine.nanoTime());
      consumer.commitSync(offsets, Duration.ofNanos(left));
      return true;
    } catch (WakeupException e) {
      // There is at most one, since wake-ups are issued during polls only, and this is none.
      return false;
    }
  }

  private void ended(Map<PartitionWorker, OffsetAndMetadata> due, Exception failure) {
    underWay = false;
    if (failure == null) {
      acknowledged(due);
    } else {
      answer(byPartition(due), failure);
    }
  }

  private void answer(Map<TopicPartition, OffsetAndMetadata> offsets, Exception failure) {
    switch (FailureResponse.to(failure)) {
      case RETRY -> LOG.warn("Committing {} failed and is tried again", offsets, failure);
      case REJOIN -> LOG.warn("Committing {} failed: the group has moved on", offsets, failure);
      case STOP -> engine.lifecycle().fail(failure);
    }
  }

  private void acknowledged(Map<PartitionWorker, OffsetAndMetadata> committed) {
    committed.forEach((worker, offset) -> worker.commits().markCommitted(offset));
    engine.listener().committed(byPartition(committed));
  }

  private static Map<PartitionWorker, OffsetAndMetadata> due(Collection<PartitionWorker> workers) {
    Map<PartitionWorker, OffsetAndMetadata> due = new LinkedHashMap<>();
    for (PartitionWorker worker : workers) {
      worker.commits().due().ifPresent(offset -> due.put(worker, offset));
    }
    return due;
  }

  private static Map<TopicPartition, OffsetAndMetadata> byPartition(
      Map<PartitionWorker, OffsetAndMetadata> offsets) {
    Map<TopicPartition, OffsetAndMetadata> result = new LinkedHashMap<>();
    offsets.forEach((worker, offset) -> result.put(worker.partition(), offset));
    return Collections.unmodifiableMap(result);
  }
}
