package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.scenarios.model.Workload;
import io.heddle.simulator.choice.SeededChoices;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
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
  private final AtomicInteger producing = new AtomicInteger();

  RealWorkloads(
      long seed,
      RealTarget target,
      RealFacts facts,
      Dispatcher dispatcher,
      Function<Map<String, Object>, Producer<byte[], byte[]>> producers) {
    this.seed = seed;
    this.target = target;
    this.facts = facts;
    this.dispatcher = dispatcher;
    this.producers = producers;
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
    String topic = target.named(workload.topic());
    try (Producers own = Producers.of(workload, producers)) {
      dispatcher.dispatch(
          workload,
          index,
          new SeededChoices(seed),
          (next, client) -> send(own.of(client), topic, next));
    } catch (RuntimeException failed) {
      facts.failed("workload " + index + " failed: ", failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      producing.decrementAndGet();
    }
  }

  private void send(Producer<byte[], byte[]> producer, String topic, PlannedRecords.Planned next) {
    facts.sending();
    long sentNanos = facts.now();
    Payload payload = next.payload();
    Future<RecordMetadata> sent =
        producer.send(
            new ProducerRecord<>(topic, payload.key().getBytes(UTF_8), payload.encode(next.size())),
            (metadata, failure) -> {
              if (failure == null) {
                TopicPartition partition =
                    new TopicPartition(metadata.topic(), metadata.partition());
                facts.appended(partition, metadata.offset(), payload.key());
                dispatcher.acknowledged(partition, metadata.offset(), payload, sentNanos);
              } else {
                facts.failed("a record was not sent: ", failure);
                dispatcher.notSent(payload);
              }
              facts.sent();
            });
    if (sent.isCancelled()) {
      throw new AssertionError("a send was cancelled");
    }
  }
}
