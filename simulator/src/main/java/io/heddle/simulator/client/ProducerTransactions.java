package io.heddle.simulator.client;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What an application calls of a producer for its transactions; waits for their outcomes. */
final class ProducerTransactions {
  private final ClientLink link;
  private final BatchSender sender;
  private final ProducerSettings settings;
  private final ProducerWaits waits;
  private final Runnable checkOpen;

  /**
   * The transactions of a producer, if it has any.
   *
   * @param checkOpen throws if the producer has been closed
   */
  ProducerTransactions(
      ClientLink link,
      BatchSender sender,
      ProducerSettings settings,
      ProducerWaits waits,
      Runnable checkOpen) {
    this.link = link;
    this.sender = sender;
    this.settings = settings;
    this.waits = waits;
    this.checkOpen = checkOpen;
  }

  void initialize() {
    TransactionManager transaction = transactional();
    await(
        ProducerWaits.Call.TXN_INIT,
        transaction,
        transaction.initialize(),
        "InitTransactions timed out - did not complete coordinator discovery or receive the"
            + " InitProducerId response within max.block.ms.");
  }

  void begin() {
    transactional().begin();
    waits.took(ProducerWaits.Call.TXN_BEGIN, 0);
  }

  void sendOffsets(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
    OffsetsTransactionStep.check(groupMetadata);
    checkIdempotent();
    checkOpen.run();
    if (!offsets.isEmpty()) {
      TransactionManager transaction = transactional();
      await(
          ProducerWaits.Call.TXN_SEND_OFFSETS,
          transaction,
          transaction.sendOffsets(offsets, groupMetadata),
          "SendOffsetsToTransaction timed out - did not reach the coordinator or receive the"
              + " TxnOffsetCommit/AddOffsetsToTxn response within max.block.ms");
    }
  }

  void commit() {
    TransactionManager transaction = transactional();
    await(
        ProducerWaits.Call.TXN_COMMIT,
        transaction,
        transaction.beginCommit(),
        "CommitTransaction timed out - did not complete EndTxn with the transaction coordinator"
            + " within max.block.ms");
  }

  void abort() {
    TransactionManager transaction = transactional();
    await(
        ProducerWaits.Call.TXN_ABORT,
        transaction,
        transaction.beginAbort(),
        "AbortTransaction timed out - did not complete EndTxn(abort) with the transaction"
            + " coordinator within max.block.ms");
  }

  private void await(
      ProducerWaits.Call call,
      TransactionManager transaction,
      TransactionOutcome outcome,
      String timedOut) {
    long began = link.now();
    sender.step();
    transaction.await(outcome, settings.maxBlockNanos(), timedOut);
    waits.took(call, link.now() - began);
  }

  /** As kafka-clients has it for a producer without a {@code transactional.id}. */
  private TransactionManager transactional() {
    checkIdempotent();
    checkOpen.run();
    return sender
        .transactions()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Transactional method invoked on a non-transactional producer."));
  }

  private void checkIdempotent() {
    if (!settings.delivery().idempotent()) {
      throw new IllegalStateException(
          "Cannot use transactional methods without enabling transactions by setting the"
              + " transactional.id configuration property");
    }
  }
}
