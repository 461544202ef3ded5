package io.heddle.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
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

  /** How long a commit waits for strands that are busy; they are asked again at the next one. */
  private static final long PATIENCE_NANOS = 10_000_000;

  /** Has a strand run a turn, at the end of which it answers. */
  private static final Message NOTHING = worker -> {};

  private final Engine engine;
  private final Consumer<byte[], byte[]> consumer;
  private long lastCommitNanos;
  private long patienceEndsNanos;
  private boolean asked;
  private boolean underWay;
  private boolean metadataRefused;

  Committer(Engine engine, Consumer<byte[], byte[]> consumer) {
    this.engine = engine;
    this.consumer = consumer;
    this.lastCommitNanos = engine.nanoTime();
  }

  /** Nanoseconds until {@link #commitIfDue} will do something; negative if it is overdue. */
  long untilDue(long nowNanos) {
    return asked ? patienceEndsNanos - nowNanos : untilInterval(nowNanos);
  }

  private long untilInterval(long nowNanos) {
    return lastCommitNanos + engine.config().commitInterval().toNanos() - nowNanos;
  }

  void commitIfDue(Collection<PartitionWorker> workers, long nowNanos) {
    if (untilInterval(nowNanos) > 0 || mustWaitForAnswers(workers, nowNanos)) {
      return;
    }
    asked = false;
    lastCommitNanos = nowNanos;
    // One at a time: a slow coordinator gets no pile of commits that overtake each other.
    Map<PartitionWorker, OffsetAndMetadata> due = underWay ? Map.of() : due(workers, false);
    if (!due.isEmpty()) {
      underWay = true;
      consumer.commitAsync(byPartition(due), (offsets, failure) -> ended(due, failure));
    }
  }

  /** Asks the strands what is complete behind a gap, and gives them a little while to say. */
  private boolean mustWaitForAnswers(Collection<PartitionWorker> workers, long nowNanos) {
    if (asked) {
      return patienceEndsNanos - nowNanos > 0
          && workers.stream().anyMatch(worker -> worker.commits().isAsked());
    }
    if (metadataRefused || underWay) {
      return false;
    }
    for (PartitionWorker worker : workers) {
      if (worker.commits().ask()) {
        asked = true;
        worker.post(NOTHING);
      }
    }
    patienceEndsNanos = nowNanos + PATIENCE_NANOS;
    return asked;
  }

  /** What was committed of these partitions, with its metadata; nothing of those it fails for. */
  void restore(Collection<PartitionWorker> workers) {
    if (engine.config().commitMetadataBytes() == 0) {
      return;
    }
    Map<TopicPartition, PartitionWorker> byPartition = new LinkedHashMap<>();
    workers.forEach(worker -> byPartition.put(worker.partition(), worker));
    try {
      committed(byPartition.keySet())
          .forEach((partition, offset) -> restore(byPartition.get(partition), offset));
    } catch (RetriableException e) {
      // Only a short cut is missed: what it names is done again.
      LOG.warn("Could not read what is complete behind the commits of {}", byPartition, e);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
    Duration timeout = engine.config().commitTimeout();
    try {
      return consumer.committed(partitions, timeout);
    } catch (WakeupException e) {
      // Left over from the poll that is calling us; there is at most one.
      return consumer.committed(partitions, timeout);
    }
  }

  private static void restore(
      @Nullable PartitionWorker worker, @Nullable OffsetAndMetadata committed) {
    if (worker != null && committed != null && !committed.metadata().isEmpty()) {
      CommitMetadata.decode(committed.offset(), committed.metadata())
          .ifPresent(worker.commits().restored()::set);
    }
  }

  /** Commits and waits for it, but not longer than the commit timeout. */
  void commitSync(Collection<PartitionWorker> workers) {
    Map<PartitionWorker, OffsetAndMetadata> due = due(workers, true);
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
    if (failure instanceof OffsetMetadataTooLarge) {
      LOG.warn(
          "The broker takes less metadata than {} bytes", engine.config().commitMetadataBytes());
      metadataRefused = true;
      return;
    }
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

  private Map<PartitionWorker, OffsetAndMetadata> due(
      Collection<PartitionWorker> workers, boolean last) {
    Map<PartitionWorker, OffsetAndMetadata> due = new LinkedHashMap<>();
    for (PartitionWorker worker : workers) {
      worker
          .commits()
          .due(last)
          .map(offset -> metadataRefused ? withoutMetadata(offset) : offset)
          .ifPresent(offset -> due.put(worker, offset));
    }
    return due;
  }

  private static OffsetAndMetadata withoutMetadata(OffsetAndMetadata offset) {
    return new OffsetAndMetadata(offset.offset(), offset.leaderEpoch(), "");
  }

  private static Map<TopicPartition, OffsetAndMetadata> byPartition(
      Map<PartitionWorker, OffsetAndMetadata> offsets) {
    Map<TopicPartition, OffsetAndMetadata> result = new LinkedHashMap<>();
    offsets.forEach((worker, offset) -> result.put(worker.partition(), offset));
    return Collections.unmodifiableMap(result);
  }
}
