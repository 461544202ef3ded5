package io.heddle.simulator;

import static io.heddle.simulator.fault.Faults.applyThenDrop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.core.SimHandle;
import io.heddle.simulator.core.SimulationEnded;
import io.heddle.simulator.protocol.ApiKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The simulator on the computer's clock, under the application's own threads. */
@Timeout(60)
class RealTimeKafkaTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private static Map<String, Object> reading(String... more) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("group.id", "readers");
    all.put("auto.offset.reset", "earliest");
    all.put("key.deserializer", StringDeserializer.class);
    all.put("value.deserializer", StringDeserializer.class);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  private static Map<String, Object> writing() {
    return Map.of(
        "key.serializer", StringSerializer.class, "value.serializer", StringSerializer.class);
  }

  private static <T> T within(Future<T> future) throws Exception {
    return future.get(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  private static ProducerRecord<String, String> record(int i) {
    return new ProducerRecord<>("t", "key" + i % 17, "value" + i);
  }

  @Test
  void servesTheApplicationsOwnThreads() throws Exception {
    int writers = 3;
    int each = 400;
    Set<String> seen = new ConcurrentSkipListSet<>();
    try (RealTimeKafka kafka = SimulatedKafka.realTime(1)) {
      kafka.createTopic("t", 6);
      List<Future<?>> all = new ArrayList<>();
      try (Producer<String, String> shared = kafka.producer(writing())) {
        for (int w = 0; w < writers; w++) {
          int first = w * each;
          all.add(threads.submit(() -> write(shared, first, each)));
        }
        for (int r = 0; r < 2; r++) {
          String name = "m" + r;
          all.add(
              threads.submit(
                  () -> read(kafka.process(name).consumer(reading()), seen, writers * each)));
        }
        for (Future<?> one : all) {
          within(one);
        }
      }
    }

    assertThat(seen).hasSize(writers * each);
  }

  private static Object write(Producer<String, String> producer, int first, int count)
      throws Exception {
    for (int i = first; i < first + count; i++) {
      Future<?> sent = producer.send(record(i));
      if (i % 50 == 0) {
        within(sent);
      }
    }
    producer.flush();
    return true;
  }

  private static Object read(Consumer<String, String> consumer, Set<String> seen, int all) {
    try (consumer) {
      consumer.subscribe(List.of("t"));
      while (seen.size() < all) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(20))) {
          seen.add(record.value());
        }
        consumer.commitSync();
      }
    }
    return true;
  }

  @Test
  void letsListenersAndCallbacksWaitForOtherThreadsThatUseIt() throws Exception {
    List<String> told = new ArrayList<>();
    try (RealTimeKafka kafka = SimulatedKafka.realTime(2)) {
      kafka.createTopic("t", 1);
      Producer<String, String> producer = kafka.producer(writing());
      Consumer<String, String> consumer = kafka.consumer(reading());
      Callable<String> elsewhere = () -> "t-" + within(producer.send(record(1))).partition();
      consumer.subscribe(
          List.of("t"),
          new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
              told.add("revoked " + partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
              told.add("assigned " + partitions + " " + waitedFor(threads.submit(elsewhere)));
            }
          });
      while (consumer.poll(Duration.ofSeconds(1)).isEmpty()) {
        // The record of the listener's helper will come.
        assertThat(threads.isShutdown()).isFalse();
      }
      CompletableFuture<String> calledBack = new CompletableFuture<>();
      Future<?> sent =
          producer.send(
              record(2),
              (metadata, failure) -> {
                Producer<String, String> other = kafka.producer(writing());
                calledBack.complete(
                    waitedFor(
                        threads.submit(() -> "offset " + within(other.send(record(3))).offset())));
              });
      within(sent);
      told.add(within(calledBack));
      consumer.close();
    }

    assertThat(told).containsExactly("assigned [t-0] t-0", "offset 2", "revoked [t-0]");
  }

  private static String waitedFor(Future<String> future) {
    try {
      return within(future);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void wakesUpAPollFromAnotherThread() throws Exception {
    try (RealTimeKafka kafka = SimulatedKafka.realTime(3)) {
      kafka.createTopic("t", 1);
      Consumer<String, String> consumer = kafka.consumer(reading());
      CompletableFuture<Boolean> assigned = new CompletableFuture<>();
      consumer.subscribe(List.of("t"), assignment(assigned));
      Future<?> polling =
          threads.submit(
              () -> {
                while (true) {
                  assertThat(consumer.poll(LONG)).isEmpty();
                }
              });
      within(assigned);
      consumer.wakeup();

      assertThatThrownBy(() -> within(polling)).hasCauseInstanceOf(WakeupException.class);
      consumer.close();
    }
  }

  private static ConsumerRebalanceListener assignment(CompletableFuture<Boolean> done) {
    return new ConsumerRebalanceListener() {
      @Override
      public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

      @Override
      public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        done.complete(true);
      }
    };
  }

  @Test
  void refusesASecondThreadInAConsumerAndEndsTheFirstOnInterrupt() throws Exception {
    try (RealTimeKafka kafka = SimulatedKafka.realTime(4)) {
      kafka.createTopic("t", 1);
      Consumer<String, String> consumer = kafka.consumer(reading());
      CompletableFuture<Boolean> assigned = new CompletableFuture<>();
      CompletableFuture<Thread> poller = new CompletableFuture<>();
      consumer.subscribe(List.of("t"), assignment(assigned));
      Future<?> polling =
          threads.submit(
              () -> {
                poller.complete(Thread.currentThread());
                while (true) {
                  assertThat(consumer.poll(LONG)).isEmpty();
                }
              });
      within(assigned);

      while (true) {
        try {
          // Between two polls nobody is in there.
          consumer.paused();
        } catch (ConcurrentModificationException refused) {
          assertThat(refused).hasMessageContaining("not safe for multi-threaded access");
          break;
        }
      }
      within(poller).interrupt();
      assertThatThrownBy(() -> within(polling)).hasCauseInstanceOf(InterruptException.class);
      consumer.close();
    }
  }

  @Test
  void faultsStrikeInRealTimeToo() throws Exception {
    AtomicInteger lost = new AtomicInteger();
    try (RealTimeKafka kafka = SimulatedKafka.realTime(5)) {
      kafka.createTopic("t", 1);
      kafka.plan(
          plan ->
              plan.on(ApiKey.PRODUCE)
                  .once()
                  .when(exchange -> lost.incrementAndGet() > 0)
                  .then(applyThenDrop()));
      Map<String, Object> impatient = new LinkedHashMap<>(writing());
      impatient.put("request.timeout.ms", "50");
      impatient.put("delivery.timeout.ms", "20000");
      try (Producer<String, String> producer = kafka.producer(impatient)) {
        assertThat(within(producer.send(record(1))).offset()).isZero();
        assertThat(within(producer.send(record(2))).offset()).isEqualTo(1);
      }
      kafka.plan(plan -> assertThat(plan.unfired()).isEmpty());
    }

    assertThat(lost).hasPositiveValue();
  }

  @Test
  void endsTheThreadsOfACrashedProcessAndHoldsThoseOfAPausedOne() throws Exception {
    try (RealTimeKafka kafka = SimulatedKafka.realTime(6)) {
      kafka.createTopic("t", 2);
      CompletableFuture<Boolean> assigned = new CompletableFuture<>();
      Consumer<String, String> victim =
          kafka.process("m1").consumer(reading("session.timeout.ms", "6000"));
      victim.subscribe(List.of("t"), assignment(assigned));
      Future<?> polling =
          threads.submit(
              () -> {
                while (true) {
                  assertThat(victim.poll(LONG)).isEmpty();
                }
              });
      within(assigned);
      kafka.doInside(it -> it.crash("m1"));

      assertThatThrownBy(() -> within(polling))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SimulationEnded.class)
          .hasMessageContaining("m1 has crashed");
      assertThatThrownBy(() -> kafka.process("m1").consumer(reading()).assignment())
          .isInstanceOf(SimulationEnded.class);
      kafka.doInside(it -> it.restart("m1"));
      Producer<String, String> producer = kafka.process("m1").producer(writing());
      assertThat(within(producer.send(record(1))).offset()).isZero();
      long before = System.nanoTime();
      kafka.doInside(it -> it.pause("m1", Duration.ofMillis(120)));
      assertThat(within(producer.send(record(18))).offset()).isEqualTo(1);
      assertThat(System.nanoTime() - before).isGreaterThan(Duration.ofMillis(119).toNanos());
    }
  }

  @Test
  void itsProcessesHaveRealThreadsAndTheComputersClock() throws Exception {
    Instant before = Instant.now();
    List<String> log = new ArrayList<>();
    try (RealTimeKafka kafka = SimulatedKafka.realTime(8)) {
      SimulatedProcess process = kafka.process("m1");
      ExecutorService pool = process.runtime().executor("pool", 2);
      assertThat(within(pool.submit(() -> 42))).isEqualTo(42);
      assertThat(
              within(
                  process
                      .runtime()
                      .scheduledExecutor("timers", 1)
                      .schedule(() -> 43, 2, TimeUnit.MILLISECONDS)))
          .isEqualTo(43);
      SimHandle thread =
          process.start("worker", () -> log.add("ran on " + Thread.currentThread().getName()));
      assertThat(thread.join(LONG.toNanos())).isTrue();
      assertThat(process.runtime().clock().instant())
          .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
    }

    assertThat(log).containsExactly("ran on sim-worker");
  }

  @Test
  void closingEndsWhoeverStillWaits() throws Exception {
    CompletableFuture<Boolean> assigned = new CompletableFuture<>();
    RealTimeKafka kafka = SimulatedKafka.realTime(9);
    kafka.createTopic("t", 1);
    Consumer<String, String> consumer = kafka.consumer(reading());
    consumer.subscribe(List.of("t"), assignment(assigned));
    Future<?> polling =
        threads.submit(
            () -> {
              while (true) {
                assertThat(consumer.poll(LONG)).isEmpty();
              }
            });
    within(assigned);
    SimHandle sleeper =
        kafka
            .process("m2")
            .start("sleeper", () -> kafka.process("m2").runtime().sleep(LONG.toNanos()));
    kafka.close();

    assertThat(sleeper.isFinished()).isTrue();
    assertThatThrownBy(() -> within(polling)).hasCauseInstanceOf(SimulationEnded.class);
    assertThatThrownBy(() -> consumer.poll(Duration.ZERO)).isInstanceOf(SimulationEnded.class);
    kafka.close();
  }

  @Test
  void aThreadThatItHasMadeAndThatDoesNotEndIsNamed() {
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    CompletableFuture<Boolean> never = new CompletableFuture<>();
    assertThatThrownBy(
            () -> {
              try (RealTimeKafka kafka =
                  RealTimeKafka.of(
                      SimulatedKafka.builder(10)
                          .limits(
                              new io.heddle.simulator.core.Limits(
                                  LONG, Long.MAX_VALUE, LONG, Duration.ofMillis(50))))) {
                var unused =
                    kafka
                        .process("m1")
                        .start(
                            "stubborn",
                            () -> {
                              begun.complete(true);
                              while (!never.isDone()) {
                                try {
                                  never.join();
                                } catch (RuntimeException ignored) {
                                  begun.complete(false);
                                }
                              }
                            });
                within(begun);
              }
            })
        .hasMessageContaining("m1/stubborn blocks outside the simulation")
        .hasMessageContaining("CompletableFuture");
    never.complete(true);
  }
}
