package io.heddle.engine;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one open transaction of one producer, if there is one. Of the output thread. */
final class TransactionWriter {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionWriter.class);

  private final Producer<byte[], byte[]> producer;
  private final BooleanSupplier givenUp;
  private final LongSupplier nanoTime;
  private final long batchDelayNanos;
  private @Nullable Transaction open;
  private boolean useful;

  /** On this producer; a call without an answer is made again until it is {@code givenUp}. */
  TransactionWriter(
      Producer<byte[], byte[]> producer,
      BooleanSupplier givenUp,
      LongSupplier nanoTime,
      long batchDelayNanos) {
    this.producer = producer;
    this.givenUp = givenUp;
    this.nanoTime = nanoTime;
    this.batchDelayNanos = batchDelayNanos;
  }

  /** Ends what another producer with the same id has left open. */
  void initialize() {
    insistOrGiveUpProducer(producer::initTransactions);
  }

  /** The open transaction, or the one whose end is not known. */
  @Nullable Transaction open() {
    return open;
  }

  /** Whether it has committed anything. */
  boolean wasUseful() {
    return useful;
  }

  /** Whether the open transaction, if any, should be ended now. */
  boolean isDue(int targetSize) {
    Transaction current = open;
    return current != null
        && (current.size() >= targetSize
            || current.failure() != null
            || current.deadlineNanos() - nanoTime.getAsLong() <= 0);
  }

  void write(Parcel parcel) {
    Transaction current = open;
    if (current == null) {
      insistOrGiveUpProducer(producer::beginTransaction);
      current = new Transaction(nanoTime.getAsLong() + batchDelayNanos);
      open = current;
    }
    current.add(parcel, producer);
  }

  /** Commits the open transaction; or aborts it, and returns why. */
  @Nullable Exception commit(Transaction transaction, ConsumerGroupMetadata group) {
    try {
      producer.flush();
      Transaction.SendFailure failure = transaction.failure();
      if (failure != null) {
        return abort(failure.cause());
      }
      insist(() -> producer.sendOffsetsToTransaction(transaction.offsetsByPartition(), group));
      if (transaction.hasLostOne()) {
        // The coordinator may have taken the offsets only after the partition had a new owner: a
        // member of the consumer protocol keeps its epoch while it has more to give back. If it
        // took them before, the new owner waits for the end of this transaction, whatever that is.
        return abort(new IllegalStateException("a partition of it was given up meanwhile"));
      }
    } catch (InterruptException | GivenUpException | UnusableException e) {
      throw e;
    } catch (RuntimeException e) {
      return abort(e);
    }
    // From here on only an answer tells how it ended, so nothing else than an answer is taken.
    insistOrGiveUpProducer(producer::commitTransaction);
    useful = true;
    open = null;
    return null;
  }

  /** Aborts the open transaction, and returns {@code why}. */
  Exception abort(Exception why) {
    if (TransactionResponse.to(why) == TransactionResponse.NEW_PRODUCER) {
      throw new UnusableException(why);
    }
    insistOrGiveUpProducer(producer::abortTransaction);
    open = null;
    return why;
  }

  private void insistOrGiveUpProducer(Runnable call) {
    try {
      insist(call);
    } catch (InterruptException | GivenUpException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UnusableException(e);
    }
  }

  /** Makes a call that may be repeated until it has an answer. */
  private void insist(Runnable call) {
    while (true) {
      try {
        call.run();
        return;
      } catch (TimeoutException e) {
        if (givenUp.getAsBoolean()) {
          throw new GivenUpException(e);
        }
        LOG.warn("A call of the transactional producer had no answer and is made again", e);
      }
    }
  }

  /** Says that another producer is needed. */
  static final class UnusableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Exception reason;

    UnusableException(Exception reason) {
      super(reason);
      this.reason = reason;
    }

    Exception reason() {
      return reason;
    }
  }

  /** Says that nobody waits for the answer any more. */
  static final class GivenUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GivenUpException(TimeoutException unanswered) {
      super(unanswered);
    }
  }
}
