package io.heddle.simulator.client;

import io.heddle.simulator.protocol.EndTxnRequest;
import io.heddle.simulator.protocol.FindCoordinatorRequest.KeyType;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.TxnOffsetCommitRequest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A producer's transactions: what may be called when, and what becomes of it. kafka-clients' {@code
 * TransactionManager} with transaction version 2: brokers make partitions and offsets part of a
 * transaction by themselves, and each end brings a new epoch.
 */
final class TransactionManager {
  private final ClientLink link;
  private final ProducerSettings.Transactional settings;
  private final ClientTimes times;
  private final ProducerIdentity identity;
  private final IntSupplier anyBroker;
  private final Runnable progress;
  private final CoordinatorLink coordinator;
  private final Map<String, CoordinatorLink> groups = new TreeMap<>();
  private final TransactionRequests requests;
  private TransactionPhase phase = TransactionPhase.UNINITIALIZED;
  private @Nullable RuntimeException lastError;
  private boolean started;
  // Only looked up, never iterated over.
  private final Set<TopicPartition> partitions = new HashSet<>();
  private final TransactionCall call = new TransactionCall();

  /**
   * A producer that is not initialized.
   *
   * @param progress called when something may be sent again
   */
  TransactionManager(
      ClientLink link,
      ProducerSettings.Transactional settings,
      ClientTimes times,
      ProducerIdentity identity,
      IntSupplier anyBroker,
      Runnable progress) {
    this.link = link;
    this.settings = settings;
    this.times = times;
    this.identity = identity;
    this.anyBroker = anyBroker;
    this.progress = progress;
    this.requests = new TransactionRequests(link, times.retryBackoffNanos(), progress);
    this.coordinator =
        new CoordinatorLink(link, KeyType.TRANSACTION, settings.id(), times, anyBroker);
  }

  String transactionalId() {
    return settings.id();
  }

  int timeoutMs() {
    return settings.timeoutMs();
  }

  long requestTimeoutNanos() {
    return times.requestTimeoutNanos();
  }

  CoordinatorLink coordinator() {
    return coordinator;
  }

  CoordinatorLink coordinatorOf(String groupId) {
    return groups.computeIfAbsent(
        groupId, id -> new CoordinatorLink(link, KeyType.GROUP, id, times, anyBroker));
  }

  TransactionPhase phase() {
    return phase;
  }

  /** Why the producer is in an error, if it is. */
  @Nullable RuntimeException lastError() {
    return lastError;
  }

  /** Whether there is a transaction, be it one that ends or has failed. */
  boolean hasTransaction() {
    return phase == TransactionPhase.IN_TRANSACTION
        || phase.isCompleting()
        || phase == TransactionPhase.ABORTABLE_ERROR;
  }

  /** Whether batches of the partition may be sent: others wait until it is in the transaction. */
  boolean contains(TopicPartition partition) {
    return partitions.contains(partition);
  }

  /** Whether a request is under way, or one that belongs to a transaction waits. */
  boolean hasRequests() {
    return requests.head() == null ? requests.busy() : hasTransaction();
  }

  /** Whether the end of the transaction waits for nothing but its records. */
  boolean awaitsRecords() {
    TransactionStep next = requests.head();
    return !requests.busy() && next != null && next.priority() == TransactionStep.Priority.END_TXN;
  }

  TransactionOutcome initialize() {
    failIfInError();
    return call.once(
        TransactionPhase.INITIALIZING,
        "initTransactions",
        () -> {
          become(TransactionPhase.INITIALIZING, null);
          return requests.add(new InitTransactionStep(this));
        });
  }

  void begin() {
    call.failIfOpen("beginTransaction");
    failIfInError();
    become(TransactionPhase.IN_TRANSACTION, null);
  }

  TransactionOutcome beginCommit() {
    return call.once(
        TransactionPhase.COMMITTING_TRANSACTION,
        "commitTransaction",
        () -> {
          failIfInError();
          become(TransactionPhase.COMMITTING_TRANSACTION, null);
          return requests.add(end(true));
        });
  }

  TransactionOutcome beginAbort() {
    return call.once(
        TransactionPhase.ABORTING_TRANSACTION,
        "abortTransaction",
        () -> {
          if (phase != TransactionPhase.ABORTABLE_ERROR) {
            failIfInError();
          }
          become(TransactionPhase.ABORTING_TRANSACTION, null);
          return requests.add(end(false));
        });
  }

  private EndTransactionStep end(boolean commit) {
    return new EndTransactionStep(
        this, new EndTxnRequest(settings.id(), identity.id(), identity.epoch(), commit));
  }

  TransactionOutcome sendOffsets(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    call.failIfOpen("sendOffsetsToTransaction");
    failIfInError();
    if (phase != TransactionPhase.IN_TRANSACTION) {
      throw new IllegalStateException(
          "Cannot send offsets if a transaction is not in progress (currentState= " + phase + ")");
    }
    Map<TopicPartition, OffsetToCommit> wanted = new LinkedHashMap<>();
    CallerOrder.byPartition(offsets)
        .forEach(
            (partition, offset) ->
                wanted.put(
                    partition,
                    new OffsetToCommit(
                        offset.offset(), offset.leaderEpoch().orElse(-1), offset.metadata())));
    started = true;
    return requests.add(
        new OffsetsTransactionStep(
            this,
            new TxnOffsetCommitRequest(
                settings.id(),
                group.groupId(),
                identity.id(),
                identity.epoch(),
                group.generationId(),
                group.memberId(),
                group.groupInstanceId(),
                wanted)));
  }

  /** Makes the partition of a record that waits part of the transaction; throws if it cannot be. */
  void add(TopicPartition partition) {
    failIfInError();
    call.failIfOpen("send");
    if (!identity.known()) {
      throw new IllegalStateException(
          "Cannot add partition "
              + partition
              + " to transaction before completing a call to initTransactions");
    }
    if (phase != TransactionPhase.IN_TRANSACTION) {
      throw new IllegalStateException(
          "Cannot add partition " + partition + " to transaction while in state  " + phase);
    }
    partitions.add(partition);
    started = true;
  }

  /**
   * The application was told at once that a record cannot be sent.
   *
   * @throws IllegalStateException if the producer is in no state in which records can be sent
   */
  void sendRefused(RuntimeException cause) {
    if (TransactionErrors.isFatal(cause)) {
      fatal(cause);
    } else if (phase != TransactionPhase.ABORTING_TRANSACTION) {
      become(TransactionPhase.ABORTABLE_ERROR, TransactionErrors.abortable(cause));
    }
  }

  /** A record could not be sent: the transaction cannot be committed any more. */
  void sendFailed(RuntimeException cause) {
    if (TransactionErrors.isFatal(cause)) {
      fatal(cause);
    } else {
      abortable(TransactionErrors.abortable(cause));
    }
  }

  /** Waits until the call has ended, and tells how. */
  void await(TransactionOutcome outcome, long maxBlockNanos, String timedOut) {
    long deadline = ClientLink.deadline(link.now(), maxBlockNanos);
    while (!outcome.isCompleted()) {
      if (link.now() >= deadline) {
        throw new TimeoutException(
            "Timeout expired after "
                + maxBlockNanos / 1_000_000
                + "ms while awaiting "
                + outcome.operation()
                + ". "
                + timedOut);
      }
      link.awaitProgressWithoutWakeup(deadline);
      // A callback may have been the last thing that an end was waiting for.
      progress.run();
    }
    outcome.acknowledge();
  }

  /**
   * Goes on with the requests that wait.
   *
   * @param incomplete whether records are under way or wait to be sent
   * @return whether records may be sent now
   */
  boolean step(boolean incomplete) {
    if (phase == TransactionPhase.FATAL_ERROR) {
      // What waits is not answered any more: whoever asked for it times out.
      return false;
    }
    TransactionStep next = requests.head();
    while (!requests.busy() && next != null) {
      boolean ends = next.priority() == TransactionStep.Priority.END_TXN;
      if (ends && incomplete) {
        break;
      }
      requests.remove(next);
      RuntimeException failed = lastError;
      if (failed != null && phase.isError()) {
        next.outcome().fail(failed);
        link.signal();
      } else if (ends && !started) {
        next.outcome().done();
        become(TransactionPhase.READY, null);
        link.signal();
      } else {
        requests.send(next);
      }
      next = requests.head();
    }
    return !requests.busy() && identity.known();
  }

  /** Sends the request again after a while. */
  void again(TransactionStep step) {
    requests.again(step);
  }

  void initialized(long producerId, short epoch) {
    identity.set(producerId, epoch);
    become(TransactionPhase.READY, null);
  }

  void ended(long producerId, short epoch) {
    identity.set(producerId, epoch);
    become(TransactionPhase.READY, null);
  }

  void fatal(RuntimeException cause) {
    become(TransactionPhase.FATAL_ERROR, cause);
    call.fail(cause);
    link.signal();
  }

  void abortable(RuntimeException cause) {
    // A transaction that is being aborted can fail as it likes.
    if (phase == TransactionPhase.ABORTING_TRANSACTION || phase == TransactionPhase.FATAL_ERROR) {
      return;
    }
    try {
      become(TransactionPhase.ABORTABLE_ERROR, cause);
    } catch (IllegalStateException outOfTurn) {
      // There is nobody to throw it at: kafka-clients' producer is poisoned by it.
      become(TransactionPhase.FATAL_ERROR, outOfTurn);
    }
  }

  /**
   * The producer is being closed and has nothing to send any more: what is open is aborted.
   *
   * @return whether that is possible
   */
  boolean abortOpen() {
    if (hasTransaction() && !phase.isCompleting()) {
      try {
        var unused = beginAbort();
      } catch (RuntimeException refused) {
        return false;
      }
    }
    return true;
  }

  /** The producer has been closed before its time: whoever still waits is told. */
  void abandon() {
    KafkaException closed = new KafkaException("The producer closed forcefully");
    requests.fail(closed);
    call.fail(closed);
    link.signal();
  }

  private void become(TransactionPhase next, @Nullable RuntimeException error) {
    if (!phase.canBecome(next)) {
      throw new IllegalStateException(
          "TransactionalId "
              + settings.id()
              + ": Invalid transition attempted from state "
              + phase
              + " to state "
              + next);
    }
    phase = next;
    lastError = error;
    if (next == TransactionPhase.READY) {
      started = false;
      partitions.clear();
    }
  }

  private void failIfInError() {
    if (phase.isError()) {
      throw TransactionErrors.refusal(settings.id(), identity, lastError);
    }
  }
}
