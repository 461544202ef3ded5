package io.heddle.engine;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The poll thread's part of exactly-once delivery: it vouches for the member with the group's
 * metadata, and goes back to the committed offsets when a transaction was aborted.
 *
 * <p>By the consumer protocol (KIP-848) a member's epoch can move while its listener hears of an
 * assignment, and with that epoch the coordinator may have taken for given back what the listener
 * hears of: the consumer does not name it as owned before the listener has returned. Whoever
 * vouched with the new epoch would be believed, whatever it commits; with the epoch of the
 * assignment the coordinator looks at each partition (KIP-1251, brokers from 4.3 on), and older
 * brokers refuse. So the older epoch is kept until the next assignment, and who is refused by it
 * joins anew.
 */
final class TransactionalCommits implements Commits {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionalCommits.class);

  /** A transaction is committed whenever it is full or due, by the output thread. */
  private static final long LOOK_NANOS = 10_000_000;

  private final Engine engine;
  private final Consumer<byte[], byte[]> consumer;
  private final Transactions transactions;
  private final PositionWatch positions;
  private final WokenCalls calls;
  private long lastLookNanos;

  /** Dropped by an abort, to be replaced as soon as it is known from where to go on. */
  private final Set<PartitionWorker> aborted = new LinkedHashSet<>();

  /** As of an assignment that nothing was published since. */
  private @Nullable ConsumerGroupMetadata begun;

  /** Whether the epoch moved while the last assignment was told of. */
  private boolean overtaken;

  TransactionalCommits(
      Engine engine, Consumer<byte[], byte[]> consumer, Transactions transactions) {
    this.engine = engine;
    this.consumer = consumer;
    this.transactions = transactions;
    this.positions = new PositionWatch(consumer);
    this.calls = new WokenCalls(engine);
    this.lastLookNanos = engine.nanoTime();
  }

  @Override
  public long untilDue(long nowNanos) {
    return aborted.isEmpty() ? Long.MAX_VALUE : 0;
  }

  @Override
  public void step(Assignment assignment, long nowNanos) {
    ConsumerGroupMetadata now = consumer.groupMetadata();
    if (begun != null) {
      overtaken = now.generationId() != begun.generationId();
      begun = null;
    }
    takeOutcomes(assignment);
    rewind(assignment);
    if (nowNanos - lastLookNanos >= LOOK_NANOS) {
      lastLookNanos = nowNanos;
      assignment.workers().forEach(positions::look);
    }
    if (!overtaken) {
      transactions.publish(now);
    }
  }

  private void takeOutcomes(Assignment assignment) {
    TransactionOutcome outcome = transactions.nextOutcome();
    while (outcome != null) {
      if (outcome instanceof TransactionOutcome.Committed committed) {
        announce(committed);
      } else if (outcome instanceof TransactionOutcome.Aborted abort) {
        aborted(assignment, abort);
      } else if (outcome instanceof TransactionOutcome.Rejoin rejoin) {
        LOG.warn("The transactional producer was given up; joining the group anew", rejoin.cause());
        rejoin(assignment, rejoin.cause());
      }
      outcome = transactions.nextOutcome();
    }
  }

  private void aborted(Assignment assignment, TransactionOutcome.Aborted abort) {
    LOG.warn("A transaction was aborted and is done again", abort.cause());
    engine.listener().transactionAborted(Assignment.partitionsOf(abort.workers()), abort.cause());
    if (overtaken && abort.cause() instanceof CommitFailedException) {
      // What is still owned is known again once the group has been joined again.
      rejoin(assignment, abort.cause());
    } else {
      aborted.addAll(abort.workers());
    }
  }

  private void announce(TransactionOutcome.Committed committed) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
    committed
        .offsets()
        .forEach(
            (worker, offset) -> {
              worker.commits().markCommitted(offset);
              offsets.put(worker.partition(), offset);
            });
    engine.listener().committed(offsets);
  }

  private void rejoin(Assignment assignment, Exception cause) {
    aborted.clear();
    overtaken = false;
    assignment.abandonAll();
    if (!engine.lifecycle().isRunning()) {
      return;
    }
    engine.listener().rejoining(cause);
    // What runs is waited for while the partitions are revoked, so that nobody else begins before.
    boolean unused =
        calls.within(
            engine.config().commitTimeout(),
            timeout -> {
              consumer.unsubscribe();
              return true;
            });
    assignment.loseAll();
    consumer.subscribe(engine.config().topics(), assignment);
  }

  /** Has the aborted partitions read again what was not committed. */
  private void rewind(Assignment assignment) {
    aborted.removeIf(worker -> !assignment.owns(worker));
    if (aborted.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> committed = committed(Assignment.partitionsOf(aborted));
    if (committed == null) {
      return;
    }
    for (PartitionWorker worker : aborted) {
      OffsetAndMetadata from = committed.get(worker.partition());
      if (from == null) {
        // Nothing was ever committed, so it goes back to where this ownership began.
        from = startOf(worker);
      }
      PartitionWorker next = assignment.replace(worker);
      if (from != null) {
        consumer.seek(
            worker.partition(), new OffsetAndMetadata(from.offset(), from.leaderEpoch(), ""));
        startAt(next, from);
        next.commits().setbacks().begin(from);
      }
    }
    aborted.clear();
  }

  private static @Nullable OffsetAndMetadata startOf(PartitionWorker worker) {
    OutputLedger ledger = worker.ledger();
    return ledger == null ? null : ledger.start().orElse(null);
  }

  private static void startAt(PartitionWorker worker, OffsetAndMetadata position) {
    OutputLedger ledger = worker.ledger();
    if (ledger != null) {
      ledger.startsAt(position);
    }
  }

  @Override
  public void assignmentBegins() {
    ConsumerGroupMetadata now = consumer.groupMetadata();
    transactions.publish(now);
    begun = now;
    overtaken = false;
  }

  @Override
  public void assigned(Collection<PartitionWorker> workers) {
    Map<TopicPartition, OffsetAndMetadata> committed = committed(Assignment.partitionsOf(workers));
    if (committed == null) {
      // Then each starts where its first record is.
      return;
    }
    for (PartitionWorker worker : workers) {
      OffsetAndMetadata from = committed.get(worker.partition());
      if (from == null) {
        position(worker.partition()).ifPresent(position -> startAt(worker, position));
      } else {
        startAt(worker, from);
        worker.commits().begin(from);
      }
    }
  }

  /** Where reading starts if nothing is committed; nothing if the broker does not say in time. */
  private Optional<OffsetAndMetadata> position(TopicPartition partition) {
    try {
      long position =
          calls.within(
              engine.config().commitTimeout(), timeout -> consumer.position(partition, timeout));
      return Optional.of(new OffsetAndMetadata(position));
    } catch (RetriableException | UnknownMemberIdException | StaleMemberEpochException e) {
      LOG.warn("Could not find out where {} starts", partition, e);
      return Optional.empty();
    }
  }

  /**
   * What the coordinator has, once no transaction is pending on it; null if it does not say in
   * time.
   */
  private @Nullable Map<TopicPartition, OffsetAndMetadata> committed(
      Set<TopicPartition> partitions) {
    try {
      return calls.within(
          engine.config().commitTimeout(), timeout -> consumer.committed(partitions, timeout));
    } catch (RetriableException | UnknownMemberIdException | StaleMemberEpochException e) {
      LOG.warn("Could not read what is committed of {}", partitions, e);
      return null;
    }
  }

  @Override
  public void beforeDrop(Collection<PartitionWorker> leaving) {
    if (engine.lifecycle().isImmediate() || leaving.stream().allMatch(PartitionWorker::isDropped)) {
      return;
    }
    TransactionWork.Flush flush = transactions.flush();
    long deadline = engine.nanoTime() + engine.config().commitTimeout().toNanos();
    try {
      if (!engine
          .monitor()
          .awaitUntil(
              () -> flush.isDone() || engine.lifecycle().isImmediate() || transactions.isOver(),
              deadline)) {
        LOG.warn("Gave up waiting for the last commit of {}", Assignment.partitionsOf(leaving));
      }
      // Told of before the listener hears that the partitions are given back.
      TransactionOutcome.Committed committed = transactions.nextCommitted();
      while (committed != null) {
        announce(committed);
        committed = transactions.nextCommitted();
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void afterDrop(Collection<PartitionWorker> leaving) {
    // What is dropped is refused by now, so there is nothing that could still be committed.
  }
}
