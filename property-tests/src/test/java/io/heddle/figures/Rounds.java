package io.heddle.figures;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.check.Checks;
import io.heddle.simulator.check.PollLoopObserver;
import io.heddle.simulator.core.SimHandle;
import io.heddle.simulator.core.Simulation;
import io.heddle.simulator.core.WaitQueue;
import io.heddle.simulator.history.Fact;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** One round of each of the figures. Each also sees that the work was really done. */
final class Rounds {
  private static final String TOPIC = "in";
  private static final int PARTITIONS = 8;
  private static final int KEYS = 1_000;
  private static final int CHUNK = 5_000;
  private static final int VALUE_BYTES = 100;
  private static final double SECOND = 1e9;
  private static final Map<String, Object> READER =
      Map.of(
          "group.id", "g",
          "auto.offset.reset", "earliest",
          "enable.auto.commit", false,
          "key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer",
          "value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");

  private Rounds() {}

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }

  /** Milliseconds from nothing to the end of a simulation with a topic: the median of so many. */
  static double start(int clusters) throws Exception {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < clusters; i++) {
      long before = System.nanoTime();
      SimulatedKafka kafka = SimulatedKafka.withSeed(i);
      kafka.run(() -> kafka.createTopic(TOPIC, PARTITIONS));
      millis.add((System.nanoTime() - before) / 1e6);
      check(kafka.cluster().topics().contains(TOPIC), "there is no topic");
    }
    return median(millis);
  }

  /** Records a second, from the start of a producer to the commit of the last record. */
  static double records(int count, boolean checked) throws Exception {
    Checks checks = Checks.all();
    SimulatedKafka.Builder builder = SimulatedKafka.builder(1);
    SimulatedKafka kafka = (checked ? builder.facts(checks::accept) : builder).build();
    long nanos =
        kafka.run(
            () -> {
              kafka.createTopic(TOPIC, PARTITIONS);
              long before = System.nanoTime();
              copy(kafka, count, checked);
              if (checked) {
                kafka.record(new Fact.RunEnded(kafka.simulation().nanoTime(), true, ""));
              }
              return System.nanoTime() - before;
            });
    if (checked) {
      check(checks.violations().isEmpty(), "a checker found " + checks.violations());
    }
    return count / (nanos / SECOND);
  }

  private static void copy(SimulatedKafka kafka, int count, boolean observed) {
    PollLoopObserver observer = new PollLoopObserver(kafka.process("app").observer());
    try (Producer<byte[], byte[]> producer = kafka.producer(Map.of());
        Consumer<byte[], byte[]> consumer = kafka.consumer(READER)) {
      consumer.subscribe(List.of(TOPIC));
      int sent = 0;
      int read = 0;
      while (read < count) {
        for (int end = Math.min(count, sent + CHUNK); sent < end; sent++) {
          var unused = producer.send(new ProducerRecord<>(TOPIC, key(sent), new byte[VALUE_BYTES]));
        }
        producer.flush();
        while (read < sent) {
          ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
          read += records.count();
          if (observed) {
            observer.polled(records);
            observer.finishedAll();
          }
          consumer.commitSync();
        }
      }
      check(read == count, read + " records were read of " + count);
      long committed =
          consumer.committed(Set.copyOf(partitions(PARTITIONS))).values().stream()
              .mapToLong(it -> it == null ? 0 : it.offset())
              .sum();
      check(committed == count, committed + " records were committed of " + count);
    }
  }

  private static byte[] key(int record) {
    int key = record % KEYS;
    return new byte[] {
      (byte) ('a' + key / 100), (byte) ('a' + key / 10 % 10), (byte) ('a' + key % 10)
    };
  }

  private static List<TopicPartition> partitions(int count) {
    return IntStream.range(0, count).mapToObj(it -> new TopicPartition(TOPIC, it)).toList();
  }

  /** Whose turn it is: each of two threads waits until it is its own. */
  private static final class Turns {
    private final List<WaitQueue> queues;
    private int turn;
    private int taken;

    Turns(Simulation simulation) {
      this.queues = Stream.of("ping", "pong").map(simulation::waitQueue).toList();
    }

    void take(int self, int times) {
      for (int i = 0; i < times; i++) {
        while (turn != self) {
          check(queues.get(self).await(Simulation.FOREVER), "a wait for ever ended by itself");
        }
        taken++;
        turn = 1 - self;
        queues.get(turn).signal();
      }
    }
  }

  /** Hand-overs a second between two threads of which each goes on when the other has waited. */
  static double handovers(int eachTakes) throws Exception {
    SimulatedKafka kafka = SimulatedKafka.withSeed(1);
    long nanos =
        kafka.run(
            () -> {
              Turns turns = new Turns(kafka.simulation());
              long before = System.nanoTime();
              SimHandle ping = kafka.process("app").start("ping", () -> turns.take(0, eachTakes));
              SimHandle pong = kafka.process("app").start("pong", () -> turns.take(1, eachTakes));
              boolean both = ping.join(Simulation.FOREVER) && pong.join(Simulation.FOREVER);
              long after = System.nanoTime();
              check(both && turns.taken == 2 * eachTakes, turns.taken + " turns were taken");
              return after - before;
            });
    return 2.0 * eachTakes / (nanos / SECOND);
  }

  /**
   * Megabytes of heap that are in use, everything in them, once so many records are in the logs.
   */
  static double memory(int partitions, int records) throws Exception {
    SimulatedKafka kafka = SimulatedKafka.withSeed(1);
    return kafka.run(
        () -> {
          kafka.createTopic(TOPIC, partitions);
          try (Producer<byte[], byte[]> producer = kafka.producer(Map.of())) {
            for (int i = 0; i < records; i++) {
              var unused =
                  producer.send(
                      new ProducerRecord<>(TOPIC, i % partitions, null, new byte[VALUE_BYTES]));
            }
            producer.flush();
          }
          MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
          memory.gc();
          double used = memory.getHeapMemoryUsage().getUsed() / 1e6;
          try (Consumer<byte[], byte[]> consumer = kafka.consumer(READER)) {
            List<TopicPartition> all = partitions(partitions);
            consumer.assign(all);
            long live =
                consumer.endOffsets(all).values().stream().mapToLong(it -> it).sum()
                    - consumer.beginningOffsets(all).values().stream().mapToLong(it -> it).sum();
            check(live == records, live + " records are live of " + records);
            ConsumerRecords<byte[], byte[]> first = consumer.poll(Duration.ofSeconds(1));
            for (ConsumerRecord<byte[], byte[]> record : first) {
              check(record.value().length == VALUE_BYTES, "a record has lost its value");
            }
            check(!first.isEmpty(), "no record can be read");
          }
          return used;
        });
  }

  /** The middle one, or the upper of the two in the middle. */
  static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
