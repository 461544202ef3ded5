package io.heddle.engine;

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
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what strands have published as complete. Of the poll thread.
 *
 * <p>A commit counts when it is acknowledged. Until then its offsets are simply still to be
 * committed, so a commit that fails is made again, with what is complete by then. One that failed
 * without an answer may be applied later, though, behind one that was acknowledged: nothing fences
 * two commits of one generation, and the consumer has made the second on another connection. So
 * from then on the last commit is repeated at each interval, and at the end of the ownership, after
 * which the group's generation keeps the late one out.
 */
final class Committer implements Commits {
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  /** How long a commit waits for strands that are busy; they are asked again at the next one. */
  private static final long PATIENCE_NANOS = 10_000_000;

  /**
   * How long a commit without an answer may still be on its way: after that time a broker closes a
   * connection on which nothing has come ({@code connections.max.idle.ms}).
   */
  private static final long DOUBT_NANOS = 600_000_000_000L;

  /** Has a strand run a turn, at the end of which it answers. */
  private static final Message NOTHING = worker -> {};

  private final Engine engine;
  private final Consumer<byte[], byte[]> consumer;
  private final PositionWatch positions;
  private final WokenCalls calls;
  private long lastCommitNanos;
  private long patienceEndsNanos;
  private boolean asked;
  private boolean underWay;
  private boolean metadataRefused;
  private int failedAttempts;
  private long backoffNanos;

  Committer(Engine engine, Consumer<byte[], byte[]> consumer) {
    this.engine = engine;
    this.consumer = consumer;
    this.positions = new PositionWatch(consumer);
    this.calls = new WokenCalls(engine);
    this.lastCommitNanos = engine.nanoTime();
  }

  @Override
  public long untilDue(long nowNanos) {
    return asked ? patienceEndsNanos - nowNanos : untilInterval(nowNanos);
  }

  private long untilInterval(long nowNanos) {
    // A commit that failed is made again when it has backed off, however long the interval is.
    long wait = failedAttempts > 0 ? backoffNanos : engine.config().commitInterval().toNanos();
    return lastCommitNanos + wait - nowNanos;
  }

  @Override
  public void step(Assignment assignment, long nowNanos) {
    Collection<PartitionWorker> workers = assignment.workers();
    if (untilInterval(nowNanos) > 0 || mustWaitForAnswers(workers, nowNanos)) {
      return;
    }
    asked = false;
    lastCommitNanos = nowNanos;
    for (PartitionWorker worker : workers) {
      PartitionStores stores = worker.stores();
      if (stores != null) {
        stores.askToWrite();
      }
    }
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

  @Override
  public void assignmentBegins() {
    // The consumer itself vouches for what it commits.
  }

  /** Reads what was committed, with its metadata; nothing of those it fails for. */
  @Override
  public void assigned(Collection<PartitionWorker> workers) {
    if (engine.config().commitMetadataBytes() == 0) {
      return;
    }
    Map<TopicPartition, PartitionWorker> byPartition = new LinkedHashMap<>();
    workers.forEach(worker -> byPartition.put(worker.partition(), worker));
    try {
      committed(byPartition.keySet())
          .forEach((partition, offset) -> restore(byPartition.get(partition), offset));
    } catch (RetriableException | UnknownMemberIdException | StaleMemberEpochException e) {
      // Only a short cut is missed: what it names is done again.
      LOG.warn("Could not read what is complete behind the commits of {}", byPartition, e);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
    return calls.within(
        engine.config().commitTimeout(), timeout -> consumer.committed(partitions, timeout));
  }

  private static void restore(
      @Nullable PartitionWorker worker, @Nullable OffsetAndMetadata committed) {
    if (worker != null && committed != null) {
      worker.commits().begin(committed);
    }
  }

  @Override
  public void beforeDrop(Collection<PartitionWorker> leaving) {
    // What ends from here on must not come between the prefix and its commit.
  }

  /** Commits and waits for it, but not longer than the commit timeout. */
  @Override
  public void afterDrop(Collection<PartitionWorker> leaving) {
    Map<PartitionWorker, OffsetAndMetadata> due = due(leaving, true);
    if (due.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = byPartition(due);
    try {
      boolean unused =
          calls.within(
              engine.config().commitTimeout(),
              timeout -> {
                consumer.commitSync(offsets, timeout);
                return true;
              });
      acknowledged(due);
    } catch (RuntimeException e) {
      answer(offsets, e);
    }
  }

  private void ended(Map<PartitionWorker, OffsetAndMetadata> due, Exception failure) {
    underWay = false;
    if (failure == null) {
      acknowledged(due);
    } else {
      if (FailureResponse.to(failure) == FailureResponse.RETRY) {
        long doubtEnds = engine.nanoTime() + DOUBT_NANOS;
        due.keySet().forEach(worker -> worker.commits().markInDoubt(doubtEnds));
      }
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
      case RETRY -> backOff(offsets, failure);
      case REJOIN -> LOG.warn("Committing {} failed: the group has moved on", offsets, failure);
      case NEW_CONSUMER, STOP -> engine.lifecycle().fail(failure);
    }
  }

  private void backOff(Map<TopicPartition, OffsetAndMetadata> offsets, Exception failure) {
    FailureHandling handling = engine.config().onFailure(FailureStage.COMMIT);
    failedAttempts++;
    if (failedAttempts >= handling.maxAttempts()) {
      engine.lifecycle().fail(failure);
      return;
    }
    LOG.warn("Committing {} failed and is tried again", offsets, failure);
    lastCommitNanos = engine.nanoTime();
    backoffNanos = handling.backoffNanos(failedAttempts, engine.runtime().chance().getAsDouble());
    engine.listener().commitFailed(offsets, failedAttempts, failure);
  }

  private void acknowledged(Map<PartitionWorker, OffsetAndMetadata> committed) {
    failedAttempts = 0;
    long now = engine.nanoTime();
    committed.forEach(
        (worker, offset) -> {
          worker.commits().markCommitted(offset);
          worker.commits().times().committed(offset.offset(), now, engine.observatory().commit());
        });
    engine.listener().committed(byPartition(committed));
  }

  private Map<PartitionWorker, OffsetAndMetadata> due(
      Collection<PartitionWorker> workers, boolean last) {
    Map<PartitionWorker, OffsetAndMetadata> due = new LinkedHashMap<>();
    long now = engine.nanoTime();
    for (PartitionWorker worker : workers) {
      if (worker.commits().due(last, now).isPresent()) {
        positions.look(worker);
      }
      worker
          .commits()
          .due(last, now)
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
