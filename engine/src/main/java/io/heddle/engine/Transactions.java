package io.heddle.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what completes in transactions, one after another, from one thread of its own.
 *
 * <p>Strands hand over parcels, each of which moves a partition from one consistent state to the
 * next; a parcel is sent as soon as it comes, and a transaction is committed when it is full, has
 * been open for the batch delay, or somebody waits for it. While it is committed work goes on and
 * parcels queue up.
 *
 * <p>Why nothing is doubled, in short. Offsets go with the group's metadata, so a member that the
 * group has given up is refused. The metadata is of the poll thread, which publishes a newer one
 * only after it has dropped what it lost; this thread reads the metadata first and then looks
 * whether all partitions of the transaction are still owned, so it never vouches for a lost one
 * with a generation that is not the lost one's. Whoever owns the partition next waits for offsets
 * that are pending before it starts. And a transaction whose end is not known is never done again:
 * the member rejoins and reads what the coordinator has.
 */
final class Transactions implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
  private static final long FIRST_PAUSE_NANOS = 50_000_000;

  private final Function<String, Producer<byte[], byte[]>> producers;
  private final ExactlyOnceConfig config;
  private final EngineRuntime runtime;
  private final Lifecycle lifecycle;
  private final PollWaker waker;
  private final Monitor pollMonitor;
  private final Monitor monitor;
  private final TransactionLimit limit;
  private final Duration closeTimeout;
  private final Queue<TransactionWork> queue = new ConcurrentLinkedQueue<>();
  private final Queue<TransactionOutcome> outcomes = new ConcurrentLinkedQueue<>();
  private volatile @Nullable ConsumerGroupMetadata group;
  private volatile State state = State.OPEN;
  private volatile boolean idle;

  /** How far this is on its way out. */
  private enum State {
    OPEN,
    /** Commits what it has, then ends. */
    CLOSING,
    /** Nobody waits any more: a call that gets no answer is given up. */
    ABANDONED,
    OVER
  }

  Transactions(
      Function<String, Producer<byte[], byte[]>> producers,
      ExactlyOnceConfig config,
      Duration closeTimeout,
      EngineRuntime runtime,
      Lifecycle lifecycle,
      PollWaker waker,
      Monitor pollMonitor) {
    this.producers = producers;
    this.config = config;
    this.closeTimeout = closeTimeout;
    this.runtime = runtime;
    this.lifecycle = lifecycle;
    this.waker = waker;
    this.pollMonitor = pollMonitor;
    this.monitor = new Monitor(runtime);
    this.limit = new TransactionLimit(config.maxSize(), runtime.locks().get());
  }

  /** Starts the thread, whose first act is to end what a predecessor may have left open. */
  void start() {
    runtime.threads().newThread(this).start();
  }

  /** Queues what a partition's prefix grew by. Called on its strand. */
  void add(Parcel parcel) {
    limit.add(parcel.worker(), parcel.size());
    enqueue(parcel);
  }

  /** Asks to commit all that has been handed over by now. */
  TransactionWork.Flush flush() {
    TransactionWork.Flush flush = new TransactionWork.Flush();
    enqueue(flush);
    return flush;
  }

  private void enqueue(TransactionWork work) {
    queue.add(work);
    if (idle) {
      monitor.signal();
    }
    if (state == State.OVER) {
      discardQueued();
    }
  }

  /** Publishes the group's metadata. Poll thread only, after it has dropped what is lost. */
  void publish(ConsumerGroupMetadata metadata) {
    // One without a generation would be taken for that of somebody who needs no group.
    if (metadata.generationId() >= 0) {
      group = metadata;
    }
  }

  /** The next outcome that has not been taken, or null. Poll thread only. */
  @Nullable TransactionOutcome nextOutcome() {
    return outcomes.poll();
  }

  /** The next outcome if it is a commit, or null. Poll thread only. */
  TransactionOutcome.@Nullable Committed nextCommitted() {
    if (outcomes.peek() instanceof TransactionOutcome.Committed committed) {
      outcomes.remove();
      return committed;
    }
    return null;
  }

  /** Commits what was handed over, closes the producer, and waits for that. */
  void close(long deadlineNanos) throws InterruptedException {
    if (state == State.OPEN) {
      state = State.CLOSING;
    }
    monitor.signal();
    if (!monitor.awaitUntil(() -> state == State.OVER, deadlineNanos) && state != State.OVER) {
      state = State.ABANDONED;
      monitor.signal();
    }
  }

  boolean isOver() {
    return state == State.OVER;
  }

  @Override
  public void run() {
    try {
      int inVain = 0;
      while (state == State.OPEN && !lifecycle.isImmediate()) {
        inVain = serveOneProducer() ? 0 : inVain + 1;
        if (inVain > 0) {
          // Two that share an id by mistake must not fence each other as fast as they can.
          long pause = FIRST_PAUSE_NANOS << Math.min(inVain - 1, 6);
          boolean unused =
              monitor.awaitUntil(() -> state != State.OPEN, runtime.nanoTime().getAsLong() + pause);
        }
      }
    } catch (InterruptedException e) {
      lifecycle.fail(new InterruptException(e));
    } catch (RuntimeException | Error e) {
      lifecycle.fail(e);
      throw e;
    } finally {
      state = State.OVER;
      discardQueued();
      monitor.signal();
      pollMonitor.signal();
    }
  }

  /** Returns whether it committed anything. */
  private boolean serveOneProducer() throws InterruptedException {
    Producer<byte[], byte[]> producer = producers.apply(config.transactionalId());
    TransactionWriter writer =
        new TransactionWriter(
            producer, this::hasGivenUp, runtime.nanoTime(), config.batchDelay().toNanos());
    boolean orderly = false;
    try {
      writer.initialize();
      serve(writer);
      orderly = !lifecycle.isImmediate();
    } catch (TransactionWriter.UnusableException e) {
      rejoin(writer, e.reason());
    } catch (TransactionWriter.GivenUpException e) {
      LOG.warn("Closed without knowing how the last transaction ended", e);
    } finally {
      producer.close(orderly ? closeTimeout : Duration.ZERO);
    }
    return writer.wasUseful();
  }

  private boolean hasGivenUp() {
    return state == State.ABANDONED || lifecycle.isImmediate();
  }

  private void serve(TransactionWriter writer) throws InterruptedException {
    while (true) {
      TransactionWork work = queue.poll();
      if (work instanceof Parcel parcel) {
        write(writer, parcel);
      } else if (work instanceof TransactionWork.Flush flush) {
        commit(writer);
        flush.markDone();
        pollMonitor.signal();
      } else if (state != State.OPEN) {
        commit(writer);
        return;
      } else {
        awaitWork(writer);
      }
      if (writer.isDue(config.targetSize())) {
        commit(writer);
      }
    }
  }

  private void awaitWork(TransactionWriter writer) throws InterruptedException {
    // Written before this looks into the queue: who adds something sees it, or is seen.
    idle = true;
    BooleanSupplier news = () -> !queue.isEmpty() || state != State.OPEN;
    Transaction open = writer.open();
    if (open == null) {
      monitor.await(news);
    } else {
      boolean unused = monitor.awaitUntil(news, open.deadlineNanos());
    }
    idle = false;
  }

  private void write(TransactionWriter writer, Parcel parcel) {
    if (parcel.worker().isDropped()) {
      limit.remove(parcel.size());
    } else {
      writer.write(parcel);
    }
  }

  private void commit(TransactionWriter writer) {
    Transaction transaction = writer.open();
    if (transaction == null) {
      return;
    }
    // In this order: see above.
    ConsumerGroupMetadata metadata = group;
    Exception failure =
        transaction.hasLostOne() || metadata == null
            ? writer.abort(new IllegalStateException("a partition of it was given up or lost"))
            : writer.commit(transaction, metadata);
    if (failure == null) {
      // Before anybody can know of it, and so before what comes of a later abort.
      transaction.tellStores();
      outcomes.add(new TransactionOutcome.Committed(transaction.offsets()));
    } else {
      Transaction.SendFailure refused = transaction.failure();
      if (refused != null
          && TransactionResponse.to(refused.cause()) == TransactionResponse.REFUSED) {
        lifecycle.fail(
            new EventFailedException(FailureStage.PRODUCE, refused.event(), refused.cause()));
      } else if (TransactionResponse.to(failure) == TransactionResponse.STOP) {
        lifecycle.fail(failure);
      }
      // From here on these ownerships complete nothing more; the poll thread makes new ones.
      Set<PartitionWorker> workers = new LinkedHashSet<>(transaction.workers());
      workers.forEach(worker -> worker.windDown(WorkerPhase.DROPPED));
      outcomes.add(new TransactionOutcome.Aborted(workers, failure));
      wakePollThread();
    }
    limit.remove(transaction.size());
  }

  private void rejoin(TransactionWriter writer, Exception reason) {
    Transaction transaction = writer.open();
    if (transaction != null) {
      transaction.workers().forEach(worker -> worker.windDown(WorkerPhase.DROPPED));
      limit.remove(transaction.size());
    }
    if (TransactionResponse.to(reason) == TransactionResponse.STOP) {
      lifecycle.fail(reason);
    }
    outcomes.add(new TransactionOutcome.Rejoin(reason));
    wakePollThread();
  }

  /** It may be in a poll, or wait for a drain. */
  private void wakePollThread() {
    waker.wake();
    pollMonitor.signal();
  }

  /** Nobody will commit these: those who wait must know. */
  private void discardQueued() {
    List<TransactionWork> left = new ArrayList<>();
    for (TransactionWork work = queue.poll(); work != null; work = queue.poll()) {
      left.add(work);
    }
    for (TransactionWork work : left) {
      if (work instanceof Parcel parcel) {
        limit.remove(parcel.size());
      } else if (work instanceof TransactionWork.Flush flush) {
        flush.markDone();
      }
    }
    pollMonitor.signal();
  }
}
