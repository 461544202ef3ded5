package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A broker's way to the transaction coordinator: makes partitions part of a transaction before a
 * producer writes to them. It waits a little while the producer's last transaction still ends,
 * which saves the producer from sending everything again.
 */
final class Enrolment {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final TransactionCoordinator coordinator;
  private final Coordinators coordinators;
  private final Brokers brokers;
  private final TransactionSettings settings;
  private final Surroundings surroundings;

  Enrolment(
      TransactionCoordinator coordinator,
      Coordinators coordinators,
      Brokers brokers,
      TransactionSettings settings,
      Surroundings surroundings) {
    this.coordinator = coordinator;
    this.coordinators = coordinators;
    this.brokers = brokers;
    this.settings = settings;
    this.surroundings = surroundings;
  }

  /**
   * Asks for it.
   *
   * @param brokerId who asks; what becomes of it is of no interest once that broker is gone
   * @param enrolled told the outcome, at once or later
   */
  void enrol(
      int brokerId,
      String transactionalId,
      ProducerIdAndEpoch producer,
      List<TopicPartition> partitions,
      Consumer<ErrorCode> enrolled) {
    long end = surroundings.nanoTime() + settings.addPartitionsMaxWaitMs() * NANOS_PER_MILLI;
    attempt(brokerId, transactionalId, producer, partitions, enrolled, end);
  }

  private void attempt(
      int brokerId,
      String transactionalId,
      ProducerIdAndEpoch producer,
      List<TopicPartition> partitions,
      Consumer<ErrorCode> enrolled,
      long endNanos) {
    if (!brokers.isUp(brokerId)) {
      return;
    }
    ErrorCode error =
        partitions.isEmpty() ? ErrorCode.NONE : add(transactionalId, producer, partitions);
    if (error == ErrorCode.CONCURRENT_TRANSACTIONS && surroundings.nanoTime() < endNanos) {
      surroundings.after(
          settings.addPartitionsBackoffMs() * NANOS_PER_MILLI,
          () -> attempt(brokerId, transactionalId, producer, partitions, enrolled, endNanos));
      return;
    }
    // Producers take PRODUCER_FENCED for the end of them; this one may just have been aborted.
    enrolled.accept(error == ErrorCode.PRODUCER_FENCED ? ErrorCode.INVALID_PRODUCER_EPOCH : error);
  }

  private ErrorCode add(
      String transactionalId, ProducerIdAndEpoch producer, List<TopicPartition> partitions) {
    int leader = coordinators.of(transactionalId);
    if (leader != Partition.NO_LEADER && !brokers.isUp(leader)) {
      return ErrorCode.NETWORK_EXCEPTION;
    }
    ErrorCode error = coordinators.check(transactionalId);
    return error == ErrorCode.NONE ? coordinator.add(transactionalId, producer, partitions) : error;
  }
}
