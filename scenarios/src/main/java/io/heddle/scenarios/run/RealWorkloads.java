package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Transactions;
import io.heddle.scenarios.model.Workload;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.SeededChoices;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Sends a scenario's records to a real Kafka when they are due, each workload by its thread. */
final class RealWorkloads {
  private static final long LONGEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final long seed;
  private final RealTarget target;
  private final RealFacts facts;
  private final Dispatcher dispatcher;
  private final Function<Map<String, Object>, Producer<byte[], byte[]>> producers;
  private final Uncommitted uncommitted;
  private final AtomicInteger producing = new AtomicInteger();

  RealWorkloads(
      long seed,
      RealTarget target,
      RealFacts facts,
      Dispatcher dispatcher,
      Function<Map<String, Object>, Producer<byte[], byte[]>> producers,
      Uncommitted uncommitted) {
    this.seed = seed;
    this.target = target;
    this.facts = facts;
    this.dispatcher = dispatcher;
    this.producers = producers;
    this.uncommitted = uncommitted;
  }

  /** Waits as long as nobody wants the end. */
  static MemberSurroundings.Sleeper sleeper(BooleanSupplier over) {
    return nanos -> {
      long until = System.nanoTime() + nanos;
      long left = nanos;
      while (left > 0 && !over.getAsBoolean()) {
        LockSupport.parkNanos(Math.min(left, LONGEST_PARK_NANOS));
        left = until - System.nanoTime();
      }
    };
  }

  void start(List<Workload> workloads) {
    for (int i = 0; i < workloads.size(); i++) {
      int index = i;
      producing.incrementAndGet();
      Thread thread =
          new Thread(() -> produce(workloads.get(index), index), "heddle-workload-" + index);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Whether all that is to be sent has been handed to a producer. */
  boolean areSent() {
    return producing.get() == 0;
  }

  private void produce(Workload workload, int index) {
    try {
      if (workload.transactions().isPresent()) {
        produceIn(workload.transactions().get(), workload, index);
      } else {
        producePlainly(workload, index);
      }
    } catch (RuntimeException failed) {
      facts.failed("workload " + index + " failed: ", failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      producing.decrementAndGet();
    }
  }

  private void producePlainly(Workload workload, int index) throws InterruptedException {
    String topic = target.named(workload.topic());
    Sending plain =
        new Sending(
            Runnable::run, failure -> facts.failed("a record was not sent: ", failure), false);
    try (Producers own = Producers.of(workload, producers)) {
      dispatcher.dispatch(
          workload,
          index,
          new SeededChoices(seed),
          (next, client) -> send(own.of(client), topic, next, plain));
    }
  }

  /** A record is expected to be read when its transaction is committed, and not before. */
  private void produceIn(Transactions transactions, Workload workload, int index)
      throws InterruptedException {
    String topic = target.named(workload.topic());
    Choices choices = new SeededChoices(seed);
    try (TransactionalSends sends =
        new TransactionalSends(
            transactions,
            workload.config(),
            target.named("workload-" + index),
            producers,
            choices.stream("workload.transaction." + index),
            uncommitted,
            dispatcher::notCommitted)) {
      Sending sending = new Sending(sends::whenCommitted, failure -> {}, true);
      dispatcher.dispatch(
          workload,
          index,
          choices,
          (next, client) ->
              sends.send(next.payload(), producer -> send(producer, topic, next, sending)));
    }
  }

  /**
   * What follows for a record that was sent.
   *
   * @param there has it noted that it is in the log
   * @param lost told why it is not; a transaction is aborted then, and no fault
   * @param inTransaction whether it is there before its transaction is committed
   */
  private record Sending(
      Consumer<Runnable> there, Consumer<Exception> lost, boolean inTransaction) {}

  private void send(
      Producer<byte[], byte[]> producer,
      String topic,
      PlannedRecords.Planned next,
      Sending sending) {
    facts.sending();
    long sentNanos = facts.now();
    Payload payload = next.payload();
    Future<RecordMetadata> sent =
        producer.send(
            next.forTopic(topic),
            (metadata, failure) -> {
              if (failure == null) {
                TopicPartition partition =
                    new TopicPartition(metadata.topic(), metadata.partition());
                long offset = metadata.offset();
                dispatcher.acknowledged(partition, offset, payload, sentNanos);
                if (sending.inTransaction() && uncommitted.isWaitedFor()) {
                  dispatcher.inTransaction(partition, offset);
                }
                sending
                    .there()
                    .accept(
                        () -> {
                          facts.appended(partition, offset, payload.key());
                          dispatcher.committed(partition, offset, payload);
                        });
              } else {
                sending.lost().accept(failure);
                dispatcher.notSent(payload);
              }
              facts.sent();
            });
    if (sent.isCancelled()) {
      throw new AssertionError("a send was cancelled");
    }
  }
}
