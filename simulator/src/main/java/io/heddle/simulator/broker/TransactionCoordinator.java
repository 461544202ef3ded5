package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.EndTxnRequest;
import io.heddle.simulator.protocol.EndTxnResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.InitProducerIdResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Leads transactions, of Kafka's transaction version 2, from their first partition to their last
 * marker: each end, whoever asks for it, gives the producer a new epoch, so that whatever it sent
 * before cannot reach its next transaction.
 *
 * <p>The broker's memory is as good as the log of Kafka's coordinator: what is decided here is
 * durable at once, and a coordinator that takes over begins with all of it: it sends markers again
 * that had not arrived. Between the decision and the last marker nothing else happens to the
 * transactional id.
 */
final class TransactionCoordinator {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final TransactionSettings settings;
  private final Coordinators coordinators;
  private final ProducerIds producerIds;
  private final TransactionMarkers markers;
  private final Surroundings surroundings;
  private final Map<String, TransactionMetadata> byId = new LinkedHashMap<>();
  private final Map<String, Surroundings.Timer> timeouts = new LinkedHashMap<>();

  TransactionCoordinator(
      TransactionSettings settings,
      Coordinators coordinators,
      ProducerIds producerIds,
      TransactionMarkers markers,
      Surroundings surroundings) {
    this.settings = settings;
    this.coordinators = coordinators;
    this.producerIds = producerIds;
    this.markers = markers;
    this.surroundings = surroundings;
  }

  Collection<TransactionMetadata> all() {
    return byId.values();
  }

  Optional<TransactionMetadata> find(String transactionalId) {
    return Optional.ofNullable(byId.get(transactionalId));
  }

  /**
   * Gives a producer an epoch in which it alone may write. A transaction that is under way is
   * aborted first; the producer asks again meanwhile.
   *
   * @param expected the id and epoch that the producer has, if it goes on after an error
   */
  InitProducerIdResponse initialize(
      String transactionalId, int timeoutMs, Optional<ProducerIdAndEpoch> expected) {
    if (timeoutMs <= 0 || timeoutMs > settings.maxTimeoutMs()) {
      return refused(ErrorCode.INVALID_TRANSACTION_TIMEOUT);
    }
    TransactionMetadata transaction =
        byId.computeIfAbsent(transactionalId, id -> new TransactionMetadata(id, newProducerId(id)));
    if (transaction.state().isEnding()) {
      return refused(ErrorCode.CONCURRENT_TRANSACTIONS);
    }
    if (expected.isPresent() && !isValid(transaction, expected.get())) {
      return refused(ErrorCode.PRODUCER_FENCED);
    }
    if (transaction.is(TransactionState.ONGOING)) {
      abortAndFence(transaction);
      return refused(ErrorCode.CONCURRENT_TRANSACTIONS);
    }
    ErrorCode error = nextLife(transaction, timeoutMs, expected);
    return error == ErrorCode.NONE
        ? new InitProducerIdResponse(error, transaction.producerId(), transaction.epoch())
        : refused(error);
  }

  private static InitProducerIdResponse refused(ErrorCode error) {
    return new InitProducerIdResponse(error, -1, (short) -1);
  }

  private static boolean isValid(TransactionMetadata transaction, ProducerIdAndEpoch expected) {
    return transaction.epoch() == TransactionMetadata.NO_EPOCH
        || expected.id() == transaction.producerId()
        // Sent again by a producer that never heard of its new id.
        || (expected.id() == transaction.previousProducerId()
            && ProducerIdAndEpoch.isExhausted(expected.epoch()));
  }

  private ErrorCode nextLife(
      TransactionMetadata transaction, int timeoutMs, Optional<ProducerIdAndEpoch> expected) {
    short epoch = transaction.epoch();
    boolean asExpected =
        epoch == TransactionMetadata.NO_EPOCH
            || expected.isEmpty()
            || expected.get().epoch() == epoch;
    if (transaction.isEpochExhausted() && asExpected) {
      transaction.rotate(
          newProducerId(transaction.transactionalId()),
          expected.isPresent() ? epoch : TransactionMetadata.NO_EPOCH,
          timeoutMs);
    } else if (asExpected) {
      transaction.initialize(
          (short) (epoch + 1),
          expected.isPresent() ? epoch : TransactionMetadata.NO_EPOCH,
          timeoutMs);
    } else if (expected.get().epoch() == transaction.lastEpoch()) {
      // The same request again; nobody else has initialized since, or there were no last epoch.
      transaction.initialize(epoch, transaction.lastEpoch(), timeoutMs);
    } else {
      return ErrorCode.PRODUCER_FENCED;
    }
    return ErrorCode.NONE;
  }

  private long newProducerId(String transactionalId) {
    return producerIds.newId(coordinators.of(transactionalId));
  }

  /** Makes partitions part of the producer's transaction, which begins with the first. */
  ErrorCode add(
      String transactionalId, ProducerIdAndEpoch producer, Collection<TopicPartition> partitions) {
    TransactionMetadata transaction = byId.get(transactionalId);
    if (transaction == null) {
      return ErrorCode.INVALID_PRODUCER_ID_MAPPING;
    }
    if (transaction.state().isEnding()) {
      return ErrorCode.CONCURRENT_TRANSACTIONS;
    }
    if (transaction.producerId() != producer.id()) {
      return ErrorCode.INVALID_PRODUCER_ID_MAPPING;
    }
    if (transaction.epoch() != producer.epoch()) {
      return ErrorCode.PRODUCER_FENCED;
    }
    boolean begins = !transaction.is(TransactionState.ONGOING);
    if (begins || !transaction.contains(partitions)) {
      transaction.add(partitions, surroundings.wallMillis());
    }
    if (begins) {
      startTimeout(transaction);
    }
    return ErrorCode.NONE;
  }

  /** Ends the producer's transaction, as it asks; the same request again has the same answer. */
  EndTxnResponse end(EndTxnRequest request) {
    TransactionMetadata transaction = byId.get(request.transactionalId());
    if (transaction == null) {
      return request.refusal(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
    }
    if (transaction.state().isEnding()) {
      return request.refusal(ErrorCode.CONCURRENT_TRANSACTIONS);
    }
    boolean retryWithOldId =
        transaction.previousProducerId() == request.producerId()
            && request.producerEpoch() == Short.MAX_VALUE - 1
            && transaction.epoch() == 0;
    boolean retry = retryWithOldId || transaction.epoch() == request.producerEpoch() + 1;
    if (transaction.producerId() != request.producerId() && !retryWithOldId) {
      return request.refusal(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
    }
    boolean current = transaction.epoch() == request.producerEpoch();
    ErrorCode error =
        switch (transaction.state()) {
          case ONGOING -> current ? ErrorCode.NONE : ErrorCode.PRODUCER_FENCED;
          case EMPTY -> current ? emptyEnd(request.committed()) : ErrorCode.PRODUCER_FENCED;
          case COMPLETE_COMMIT, COMPLETE_ABORT -> {
            if (!current && !retry) {
              yield ErrorCode.PRODUCER_FENCED;
            }
            yield retry
                ? repeatedEnd(transaction, request.committed())
                : emptyEnd(request.committed());
          }
          default ->
              throw new IllegalStateException(
                  transaction.transactionalId() + " rests in " + transaction.state());
        };
    if (error != ErrorCode.NONE) {
      return request.refusal(error);
    }
    if (!current) {
      return new EndTxnResponse(error, transaction.producerId(), transaction.epoch());
    }
    ProducerIdAndEpoch next = decide(transaction, request.committed());
    return new EndTxnResponse(error, next.id(), next.epoch());
  }

  /** An abort without a transaction still gives a new epoch; there is nothing to commit. */
  private static ErrorCode emptyEnd(boolean commit) {
    return commit ? ErrorCode.INVALID_TXN_STATE : ErrorCode.NONE;
  }

  private static ErrorCode repeatedEnd(TransactionMetadata transaction, boolean commit) {
    return commit == transaction.is(TransactionState.COMPLETE_COMMIT)
        ? ErrorCode.NONE
        : ErrorCode.INVALID_TXN_STATE;
  }

  private void abortAndFence(TransactionMetadata transaction) {
    transaction.fence();
    var unused = decide(transaction, false);
  }

  /** Decides the outcome, sends the markers, and returns who writes in the next transaction. */
  private ProducerIdAndEpoch decide(TransactionMetadata transaction, boolean commit) {
    cancelTimeout(transaction);
    long newId =
        transaction.isEpochExhausted()
            ? newProducerId(transaction.transactionalId())
            : TransactionMetadata.NO_PRODUCER_ID;
    transaction.prepare(commit, newId, surroundings.wallMillis());
    ProducerIdAndEpoch next = transaction.next();
    send(transaction);
    return next;
  }

  private void send(TransactionMetadata transaction) {
    int partition = Coordinators.partitionOf(transaction.transactionalId());
    markers.send(transaction, coordinators.epochOf(partition));
  }

  /** Stops coordinating the transactional ids of a partition of the topic of transactions. */
  void unload(int partition) {
    for (TransactionMetadata transaction : of(partition)) {
      cancelTimeout(transaction);
      markers.forget(transaction);
    }
  }

  /** Begins to coordinate the transactional ids of a partition: all of it was written. */
  void load(int partition) {
    for (TransactionMetadata transaction : of(partition)) {
      if (transaction.is(TransactionState.ONGOING)) {
        startTimeout(transaction);
      } else if (transaction.state().isEnding()) {
        send(transaction);
      }
    }
  }

  private List<TransactionMetadata> of(int partition) {
    return byId.values().stream()
        .filter(it -> Coordinators.partitionOf(it.transactionalId()) == partition)
        .toList();
  }

  private void startTimeout(TransactionMetadata transaction) {
    long interval = settings.timeoutCheckIntervalMs() * NANOS_PER_MILLI;
    long sinceMs = surroundings.wallMillis() - transaction.startMillis();
    long due = surroundings.nanoTime() + (transaction.timeoutMs() - sinceMs) * NANOS_PER_MILLI;
    // The coordinator looks every so often for transactions that have taken longer than they may.
    long checked = (Math.max(due, surroundings.nanoTime()) / interval + 1) * interval;
    timeouts.put(
        transaction.transactionalId(),
        surroundings.after(
            checked - surroundings.nanoTime(),
            () -> {
              timeouts.remove(transaction.transactionalId());
              abortAndFence(transaction);
            }));
  }

  private void cancelTimeout(TransactionMetadata transaction) {
    Surroundings.@Nullable Timer timer = timeouts.remove(transaction.transactionalId());
    if (timer != null) {
      timer.cancel();
    }
  }

  /** Whether a time-out is running for it, for checks. */
  boolean isTimed(TransactionMetadata transaction) {
    return timeouts.containsKey(transaction.transactionalId());
  }
}
