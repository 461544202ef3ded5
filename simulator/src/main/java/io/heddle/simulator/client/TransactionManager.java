package io.heddle.simulator.client;

import io.heddle.simulator.protocol.EndTxnRequest;
import io.heddle.simulator.protocol.FindCoordinatorRequest.KeyType;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.TxnOffsetCommitRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
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
  private final List<TransactionStep> waiting = new ArrayList<>();
  private boolean busy;
  private TransactionPhase phase = TransactionPhase.UNINITIALIZED;
  private @Nullable RuntimeException lastError;
  private boolean started;
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
    return groups.computeIfAbsent(groupId, id -> new CoordinatorLink(link, id, times, anyBroker));
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

  TransactionOutcome initialize() {
    failIfInError();
    return call.once(
        TransactionPhase.INITIALIZING,
        "initTransactions",
        () -> {
          become(TransactionPhase.INITIALIZING, null);
          return enqueue(new InitTransactionStep(this));
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
          return enqueue(end(true));
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
          return enqueue(end(false));
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
    return enqueue(
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

  /** Whether a record may be sent to that partition now; throws if not. */
  void beforeSend(TopicPartition partition) {
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
    started = true;
  }

  /** A record was refused before it was on its way. */
  void sendRefused(RuntimeException cause) {
    if (phase == TransactionPhase.FATAL_ERROR) {
      become(TransactionPhase.ABORTABLE_ERROR, cause);
    }
    sendFailed(cause);
  }

  /** A record could not be sent: the transaction cannot be committed any more. */
  void sendFailed(RuntimeException cause) {
    if (cause instanceof ProducerFencedException || cause instanceof InvalidPidMappingException) {
      fatal(cause);
    } else if (cause instanceof RetriableException || cause instanceof InvalidTxnStateException) {
      abortable(
          new TransactionAbortableException(
              "Transaction Request was aborted after exhausting retries.", cause));
    } else {
      abortable(cause);
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
    while (!busy && !waiting.isEmpty()) {
      TransactionStep next = waiting.get(0);
      boolean ends = next.priority() == TransactionStep.Priority.END_TXN;
      if (ends && incomplete) {
        break;
      }
      waiting.remove(0);
      RuntimeException failed = lastError;
      if (failed != null && phase.isError()) {
        next.outcome().fail(failed);
        link.signal();
      } else if (ends && !started) {
        next.outcome().done();
        become(TransactionPhase.READY, null);
        link.signal();
      } else {
        send(next);
      }
    }
    return !busy && identity.known();
  }

  private void send(TransactionStep step) {
    busy = true;
    if (!step.coordinator().known()) {
      step.coordinator()
          .lookUp(
              found -> {
                if (found) {
                  send(step);
                } else {
                  again(step);
                }
              });
      return;
    }
    step.send(
        () -> {
          if (!waiting.contains(step)) {
            idle();
          }
        },
        () -> again(step));
  }

  private void idle() {
    busy = false;
    link.signal();
    progress.run();
  }

  /** Sends the request again after a while; no other goes before it is due. */
  void again(TransactionStep step) {
    enqueue(step, true);
    var unused = link.later(times.retryBackoffNanos(), this::idle);
  }

  private TransactionOutcome enqueue(TransactionStep step) {
    enqueue(step, false);
    return step.outcome();
  }

  private void enqueue(TransactionStep step, boolean first) {
    int at = 0;
    while (at < waiting.size()
        && (waiting.get(at).priority().compareTo(step.priority()) < 0
            || (!first && waiting.get(at).priority() == step.priority()))) {
      at++;
    }
    waiting.add(at, step);
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
    if (phase != TransactionPhase.ABORTING_TRANSACTION && phase != TransactionPhase.FATAL_ERROR) {
      become(TransactionPhase.ABORTABLE_ERROR, cause);
    }
  }

  /** The producer is being closed: what is open is aborted, and whoever still waits is told. */
  void close(long deadlineNanos) {
    if (hasTransaction() && !phase.isCompleting() && link.now() < deadlineNanos) {
      var unused = beginAbort();
    }
    progress.run();
    while (hasTransaction() && link.now() < deadlineNanos) {
      link.awaitProgressWithoutWakeup(deadlineNanos);
      progress.run();
    }
    KafkaException closed = new KafkaException("The producer closed forcefully");
    waiting.forEach(step -> step.outcome().fail(closed));
    waiting.clear();
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
    }
  }

  private void failIfInError() {
    if (!phase.isError()) {
      return;
    }
    String who = "Producer with transactionalId '" + settings.id() + "' and " + identity;
    if (lastError instanceof ProducerFencedException) {
      throw new ProducerFencedException(
          who + " has been fenced by another producer with the same transactionalId");
    }
    if (lastError instanceof InvalidProducerEpochException) {
      throw new InvalidProducerEpochException(who + " attempted to produce with an old epoch");
    }
    throw new KafkaException(
        "Cannot execute transactional method because we are in an error state", lastError);
  }
}
