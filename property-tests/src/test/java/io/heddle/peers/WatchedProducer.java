package io.heddle.peers;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.internal.ProducerWrapper;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * What Parallel Consumer knows of its transactional producer: as much as it reads by reflection out
 * of kafka-clients' own.
 */
final class WatchedProducer extends ProducerWrapper<String, byte[]> {
  private volatile boolean ready;
  private volatile boolean completing;

  WatchedProducer(ParallelConsumerOptions<String, byte[]> options) {
    super(options, options.isUsingTransactionCommitMode(), options.getProducer());
  }

  @Override
  protected boolean isTransactionCompleting() {
    return completing;
  }

  @Override
  protected boolean isTransactionReady() {
    return ready;
  }

  @Override
  public void initTransactions() {
    super.initTransactions();
    ready = true;
  }

  @Override
  public void beginTransaction() {
    super.beginTransaction();
    ready = false;
  }

  @Override
  public void commitTransaction() {
    complete(super::commitTransaction);
  }

  @Override
  public void abortTransaction() {
    complete(super::abortTransaction);
  }

  private void complete(Runnable end) {
    try {
      end.run();
      completing = false;
      ready = true;
    } catch (TimeoutException | InterruptException undecided) {
      completing = true;
      throw undecided;
    }
  }
}
