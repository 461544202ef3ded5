package io.heddle.simulator.client;

import io.heddle.simulator.core.Simulation;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ProduceRequest;
import io.heddle.simulator.protocol.ProduceResponse;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends batches, retries them and tells of their outcome: kafka-clients' sender thread as steps. A
 * failed batch of an idempotent producer whose outcome is unknown starts a new epoch, once nothing
 * is in flight any more; that of a transactional producer fails the transaction.
 */
final class BatchSender {
  private static final Logger LOG = LoggerFactory.getLogger(BatchSender.class);

  private final ClientLink link;
  private final ClusterView cluster;
  private final ProducerSettings settings;
  private final Callbacks callbacks;
  private final PartitionQueues queues = new PartitionQueues();
  private final Map<Integer, Integer> inFlight = new TreeMap<>();
  private final ProducerIdentity identity = new ProducerIdentity();
  private final Optional<TransactionManager> transactions;
  private final DueBatches due;
  private boolean closing;
  private boolean closed;
  private final Alarm alarm;
  private final IdRequests idRequests;
  private final ProducerMetrics metrics;

  BatchSender(
      ClientLink link,
      ClusterView cluster,
      ProducerSettings settings,
      Callbacks callbacks,
      ProducerMetrics metrics) {
    this.link = link;
    this.cluster = cluster;
    this.settings = settings;
    this.callbacks = callbacks;
    this.metrics = metrics;
    this.alarm = new Alarm(link, this::step);
    this.idRequests = new IdRequests(link, cluster, settings.times(), identity, this::step);
    this.transactions =
        settings
            .transactional()
            .map(
                transactional ->
                    new TransactionManager(
                        link,
                        transactional,
                        settings.times(),
                        identity,
                        cluster::anyBroker,
                        this::step));
    this.due = new DueBatches(cluster, settings, transactions, link.backoff(settings.times()));
  }

  ProducerMetrics metrics() {
    return metrics;
  }

  /** The transactions of a producer that has a transactional id. */
  Optional<TransactionManager> transactions() {
    return transactions;
  }

  PartitionQueue queue(TopicPartition partition) {
    return queues.of(partition);
  }

  /** How many partitions have been looked at so far: what the steps have cost. */
  long looks() {
    return queues.looks();
  }

  long bufferedBytes() {
    return queues.bufferedBytes();
  }

  long allocatedBytes() {
    return queues.allocatedBytes();
  }

  void buffered(PendingBatch batch, int bytes) {
    queues.buffered(batch, bytes);
  }

  /**
   * A record was added to the batch. All queues are looked at only if that made something due; as
   * in kafka-clients, a record that joins a batch wakes nobody.
   */
  void added(PendingBatch batch) {
    PartitionQueue queue = queue(batch.partition());
    boolean first = batch.size() == 1;
    boolean filled = batch.isFull() || (first && queue.waitingCount() > 1);
    if (!first && !filled && !due.restless()) {
      return;
    }
    queues.expiryBy(deadline(batch));
    PendingBatch head = queue.head();
    if (head == null) {
      throw new IllegalStateException("the batch of " + batch.partition() + " is in no queue");
    }
    long at = due.at(queue, head);
    if (filled || at <= link.now() || !canSendAtOnce()) {
      step();
    } else {
      alarm.by(Math.min(at, deadline(batch)));
    }
  }

  /**
   * A record was added to the batch that may not be sent now. It wakes nobody: kafka-clients'
   * sender finds it when something else wakes it, or when its wait for the network ends.
   */
  void refused(PendingBatch batch) {
    queues.expiryBy(deadline(batch));
    lookAgainUnwoken();
  }

  private void lookAgainUnwoken() {
    boolean fatal =
        transactions.map(it -> it.phase() == TransactionPhase.FATAL_ERROR).orElse(false);
    ClientTimes times = settings.times();
    alarm.by(link.now() + (fatal ? times.retryBackoffNanos() : times.requestTimeoutNanos()));
  }

  /** Whether nothing need be asked of a broker before batches can be sent. */
  private boolean canSendAtOnce() {
    return transactions.isEmpty()
        && (!settings.delivery().idempotent() || (identity.known() && !identity.bumpWanted()));
  }

  /** Everything that waits is due at once. */
  void flush(boolean value) {
    due.flushing(value);
    step();
  }

  /** Whether everything has ended and has been told. */
  boolean idle() {
    return queues.all().stream().allMatch(PartitionQueue::idle) && callbacks.idle();
  }

  /** Sends what is left and aborts what is open; {@link #isClosed} says when it has come to it. */
  void close() {
    closing = true;
    due.flushing(true);
    step();
  }

  /** Whether nothing is left to do of closing. */
  boolean isClosed() {
    return closed && callbacks.idle();
  }

  /** As kafka-clients' sender does before each of its turns while it closes. */
  private void goOnClosing() {
    if (queues.all().stream().allMatch(PartitionQueue::idle)
        && !transactions.map(TransactionManager::hasRequests).orElse(false)) {
      boolean possible = transactions.map(TransactionManager::abortOpen).orElse(true);
      closed = !possible || !transactions.map(TransactionManager::hasTransaction).orElse(false);
    }
  }

  /** Sends what is due and arranges to come back for what is not yet. */
  void step() {
    expire();
    cluster.update();
    if (closing) {
      goOnClosing();
    }
    if (!ready()) {
      return;
    }
    long now = link.now();
    DueBatches.Found found = due.among(queues.all(), inFlight, now);
    found.byBroker().forEach(this::send);
    // A partition can have more than one batch that is due.
    alarm.by(found.byBroker().isEmpty() ? found.next() : now);
  }

  /** Goes on with the transaction, and says whether its batches may be sent. */
  private boolean ready(TransactionManager transaction) {
    RuntimeException failure =
        transaction.phase() == TransactionPhase.ABORTING_TRANSACTION
            ? new TransactionAbortedException()
            : transaction.lastError();
    if (failure != null) {
      boolean fatal = transaction.phase() == TransactionPhase.FATAL_ERROR;
      for (PartitionQueue queue : queues.all()) {
        for (PendingBatch batch : fatal ? queue.unended() : queue.waiting()) {
          if (fatal || batch.baseSequence() == PendingBatch.NO_SEQUENCE) {
            end(batch, -1, Optional.of(BatchFailure.of(failure)));
            // Having ended it, kafka-clients' sender waits for the network before it looks again.
            lookAgainUnwoken();
          }
        }
      }
    }
    boolean ready = transaction.step(!idle());
    if (identity.takeChanged()) {
      queues.all().forEach(PartitionQueue::renumber);
    }
    return ready && transaction.phase() != TransactionPhase.FATAL_ERROR;
  }

  /** Whether batches can be sent at all: an idempotent producer needs an id. */
  private boolean ready() {
    if (transactions.isPresent()) {
      return ready(transactions.get());
    }
    if (!settings.delivery().idempotent()) {
      return true;
    }
    return idRequests.ready(queues);
  }

  private void send(int broker, Map<TopicPartition, PendingBatch> batches) {
    RecordBatch.Kind kind =
        transactions.isPresent() ? RecordBatch.Kind.TRANSACTIONAL : RecordBatch.Kind.PLAIN;
    Map<TopicPartition, RecordBatch> encoded = new LinkedHashMap<>();
    batches.forEach(
        (partition, batch) -> {
          queue(partition).sent(batch, settings.delivery().idempotent());
          encoded.put(partition, batch.toBatch(identity.id(), identity.epoch(), kind));
        });
    long sentMs = metrics.sent(batches.values(), link.now());
    if (settings.delivery().acks() == 0) {
      link.send(
          broker,
          new ProduceRequest((short) 0, timeoutMs(), encoded),
          ProduceResponse.class,
          Simulation.FOREVER,
          response -> {},
          () -> {});
      batches.values().forEach(batch -> end(batch, -1, Optional.empty()));
      return;
    }
    inFlight.merge(broker, 1, Integer::sum);
    link.send(
        broker,
        new ProduceRequest(
            transactions.map(TransactionManager::transactionalId),
            settings.delivery().acks(),
            timeoutMs(),
            encoded),
        ProduceResponse.class,
        settings.times().requestTimeoutNanos(),
        response -> {
          inFlight.merge(broker, -1, Integer::sum);
          batches.forEach(
              (partition, batch) -> {
                ProduceResponse.PartitionResult result = response.partitions().get(partition);
                if (result == null) {
                  throw new IllegalStateException("no answer for partition " + partition);
                }
                answered(batch, result);
              });
          metrics.answered(sentMs);
          step();
        },
        () -> {
          inFlight.merge(broker, -1, Integer::sum);
          cluster.invalidate();
          batches
              .values()
              .forEach(batch -> failed(batch, ErrorCode.NETWORK_EXCEPTION.exception(), true));
          step();
        });
  }

  private int timeoutMs() {
    return (int) (settings.times().requestTimeoutNanos() / 1_000_000);
  }

  private void answered(PendingBatch batch, ProduceResponse.PartitionResult result) {
    if (batch.ended()) {
      return;
    }
    ErrorCode error = result.error();
    if (error == ErrorCode.NOT_LEADER_OR_FOLLOWER) {
      cluster.leaderHasMoved();
    } else if (BatchVerdict.wrongBroker(error)) {
      cluster.invalidate();
    }
    PartitionQueue queue = queue(batch.partition());
    switch (BatchVerdict.of(batch, queue, result, transactions.isPresent())) {
      case ACKNOWLEDGED -> {
        queue.acknowledge();
        batch.appendedAt(result.logAppendTimeMs());
        end(batch, result.baseOffset(), Optional.empty());
      }
      case KNOWN -> end(batch, -1, Optional.empty());
      case SPLIT -> {
        metrics.split();
        queues.freed(batch);
        queue.split(batch, settings.batching().batchBytes());
        queues.expiryBy(deadline(batch));
        link.signal();
      }
      case RETRY -> failed(batch, error.exception(), true);
      case RETRY_IN_NEW_EPOCH -> {
        identity.wantBump();
        failed(batch, error.exception(), true);
      }
      case GIVE_UP -> giveUp(batch, error.exception(), BatchFailure.of(result));
    }
  }

  private void failed(PendingBatch batch, ApiException error, boolean retriable) {
    if (batch.ended()) {
      return;
    }
    long now = link.now();
    if (retriable
        && batch.attempts().count() <= settings.delivery().retries()
        && now < deadline(batch)) {
      due.failed(batch, now);
      queue(batch.partition()).retry(batch);
      metrics.retried(batch);
      queues.expiryBy(deadline(batch));
      alarm.by(batch.attempts().notBeforeNanos());
      return;
    }
    giveUp(batch, error);
  }

  private void giveUp(PendingBatch batch, ApiException error) {
    giveUp(batch, error, BatchFailure.of(error));
  }

  private void giveUp(PendingBatch batch, ApiException error, BatchFailure failure) {
    metrics.failed(batch);
    transactions.ifPresent(transaction -> transaction.sendFailed(error));
    // The broker may or may not have it: its sequence numbers cannot be used again.
    if (transactions.isEmpty() && batch.baseSequence() != PendingBatch.NO_SEQUENCE) {
      identity.wantBump();
    }
    end(batch, -1, Optional.of(failure));
  }

  private long deadline(PendingBatch batch) {
    return batch.createdNanos() + settings.delivery().timeoutNanos();
  }

  private void expire() {
    long now = link.now();
    if (now < queues.expiryNanos()) {
      alarm.by(queues.expiryNanos());
      return;
    }
    for (PendingBatch batch : queues.expired(now, settings.delivery().timeoutNanos())) {
      giveUp(batch, batch.expired(now));
    }
    alarm.by(queues.expiryNanos());
  }

  /** Fails everything that has not ended yet: the producer was closed. */
  void abandon() {
    transactions.ifPresent(TransactionManager::abandon);
    KafkaException closed = new KafkaException("Producer is closed forcefully.");
    Optional<BatchFailure> failure = Optional.of(BatchFailure.of(closed));
    queues.all().forEach(queue -> queue.unended().forEach(each -> end(each, -1, failure)));
  }

  private void end(PendingBatch batch, long baseOffset, Optional<BatchFailure> failure) {
    queue(batch.partition()).ended(batch);
    batch.end();
    queues.freed(batch);
    link.signal();
    callbacks.tell(
        () ->
            batch.tell(
                baseOffset,
                failure,
                thrown ->
                    LOG.error(
                        "Error executing user-provided callback on message for topic-partition {}",
                        batch.partition(),
                        thrown)),
        batch.tellsPromptly());
  }
}
