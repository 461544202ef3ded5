package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Transactions;
import io.heddle.scenarios.model.Workload;
import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.client.PromptCallback;
import io.heddle.simulator.core.SimRuntime;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Sends a scenario's records when they are due. Each workload has a thread of its own. */
final class SimulatedWorkloads {
  private static final String PRODUCER = "producer";

  private final SimulatedKafka kafka;
  private final WatchedClients clients;
  private final Choices choices;
  private final Dispatcher dispatcher;
  private final Consumer<String> failures;
  private final Uncommitted uncommitted;
  private int producing;

  SimulatedWorkloads(
      SimulatedKafka kafka,
      WatchedClients clients,
      Choices choices,
      Dispatcher dispatcher,
      Consumer<String> failures,
      Uncommitted uncommitted) {
    this.kafka = kafka;
    this.clients = clients;
    this.dispatcher = dispatcher;
    this.choices = choices;
    this.failures = failures;
    this.uncommitted = uncommitted;
  }

  void start(List<Workload> workloads) {
    for (int i = 0; i < workloads.size(); i++) {
      Workload workload = workloads.get(i);
      int index = i;
      producing++;
      var unused =
          kafka
              .process(PRODUCER)
              .start(
                  "workload-" + index,
                  () -> {
                    produce(workload, index);
                    kafka.simulation().doInside(() -> producing--);
                  });
    }
  }

  /** The clients of this run. */
  WatchedClients clients() {
    return clients;
  }

  /** The clock and the locks of the process that sends. */
  static SimRuntime runtime(SimulatedKafka kafka) {
    return kafka.process(PRODUCER).runtime();
  }

  /** Whether all that is to be sent has been. */
  boolean areSent() {
    return producing == 0;
  }

  private void produce(Workload workload, int index) {
    try {
      if (workload.transactions().isPresent()) {
        produceIn(workload.transactions().get(), workload, index);
      } else {
        producePlainly(workload, index);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      fail("workload " + index + " was interrupted");
    }
  }

  private void produceIn(Transactions transactions, Workload workload, int index)
      throws InterruptedException {
    try (TransactionalSends sends =
        new TransactionalSends(
            transactions,
            workload.config(),
            "workload-" + index,
            config -> clients.producer(kafka.process(PRODUCER), config),
            stream("workload.transaction." + index),
            uncommitted,
            dispatcher::notCommitted)) {
      dispatcher.dispatch(
          workload,
          index,
          this::stream,
          (next, client) ->
              sends.send(
                  next.payload(),
                  producer ->
                      send(
                          producer,
                          workload.topic(),
                          next,
                          (partition, offset) -> appended(sends, partition, offset, next.payload()),
                          why -> {})));
    }
  }

  private void producePlainly(Workload workload, int index) throws InterruptedException {
    try (Producers producers =
        Producers.of(workload, config -> clients.producer(kafka.process(PRODUCER), config))) {
      dispatcher.dispatch(
          workload,
          index,
          this::stream,
          (next, client) ->
              send(
                  producers.of(client),
                  workload.topic(),
                  next,
                  (partition, offset) -> {},
                  this::fail));
    }
  }

  private void appended(
      TransactionalSends sends, TopicPartition partition, long offset, Payload payload) {
    if (uncommitted.isWaitedFor()) {
      dispatcher.inTransaction(partition, offset);
    }
    sends.whenCommitted(() -> dispatcher.committed(partition, offset, payload));
  }

  /**
   * @param there told where a record is in its log
   * @param lost told why a record is not in its log; a transaction is aborted then, and no fault
   */
  private void send(
      Producer<byte[], byte[]> producer,
      String topic,
      PlannedRecords.Planned next,
      BiConsumer<TopicPartition, Long> there,
      Consumer<String> lost) {
    long sentNanos = kafka.simulation().nanoTime();
    PromptCallback told =
        (metadata, failure) -> {
          if (failure == null) {
            TopicPartition partition = new TopicPartition(metadata.topic(), metadata.partition());
            dispatcher.acknowledged(partition, metadata.offset(), next.payload(), sentNanos);
            there.accept(partition, metadata.offset());
          } else {
            lost.accept("a record was not sent: " + failure.getMessage());
            dispatcher.notSent(next.payload());
          }
        };
    Future<RecordMetadata> sent = producer.send(next.forTopic(topic), told);
    if (sent.isCancelled()) {
      throw new AssertionError("a send was cancelled");
    }
  }

  private Choices.Stream stream(String name) {
    return kafka.simulation().inside(() -> choices.stream(name));
  }

  private void fail(String why) {
    kafka.simulation().doInside(() -> failures.accept(why));
  }
}
