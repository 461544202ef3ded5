package io.heddle.contract;

import io.heddle.embedded.EmbeddedKafka;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ConcurrentModificationException;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** A real Kafka, whose one broker is shared by the whole run of tests. */
final class RealArm implements KafkaArm {
  /** What the contracts need a broker to be set to. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "auto.create.topics.enable", "false",
          "group.min.session.timeout.ms", "100",
          "group.consumer.min.heartbeat.interval.ms", "100",
          "group.consumer.heartbeat.interval.ms", "100",
          "group.consumer.min.session.timeout.ms", "1000",
          "group.consumer.session.timeout.ms", "2000",
          // Assigning on a thread apart, or at most once a second (KIP-1263), answers a first
          // heartbeat with nothing, now and then.
          "group.consumer.assignor.offload.enable", "false",
          "group.consumer.assignment.interval.ms", "0");

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PLAYS = 3;
  private static final int MOST_REPLAYS = 8;
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final AtomicInteger REPLAYS = new AtomicInteger();

  private final Broker broker;
  private final Deque<Runnable> closers = new ArrayDeque<>();

  private RealArm(Broker broker) {
    this.broker = broker;
  }

  /** A broker that has been started, and somebody who looks after it. */
  record Broker(String bootstrapServers, Admin admin) {
    static Broker at(String bootstrapServers) {
      return new Broker(
          bootstrapServers, Admin.create(Map.of("bootstrap.servers", bootstrapServers)));
    }
  }

  /** Starts with its first use and ends with the JVM. */
  private static final class Embedded {
    static final Broker SHARED = start();

    private static Broker start() {
      try {
        return Broker.at(EmbeddedKafka.start(1, SETTINGS).bootstrapServers());
      } catch (IOException | InterruptedException failed) {
        throw new IllegalStateException("no broker to try the contracts on", failed);
      }
    }
  }

  /** Tries it on a broker in this JVM. */
  static void run(Contract.Body body) throws Exception {
    run(body, Embedded.SHARED);
  }

  /**
   * Tries it; once more, with names of its own, where the broker did otherwise. Its threads and its
   * clients' have their own time, so a promise stands here if Kafka keeps it in one of {@link
   * #PLAYS}; each time that it did not is printed, and more than {@link #MOST_REPLAYS} in a run of
   * tests are no accident.
   */
  static void run(Contract.Body body, Broker broker) throws Exception {
    for (int play = 1; ; play++) {
      RealArm arm = new RealArm(broker);
      try {
        body.on(arm);
        return;
      } catch (AssertionError | Exception otherwise) {
        if (play == PLAYS || REPLAYS.incrementAndGet() > MOST_REPLAYS) {
          throw otherwise;
        }
        System.out.println("played again, for the real broker did otherwise: " + otherwise);
      } finally {
        arm.closers.forEach(Runnable::run);
      }
    }
  }

  private Map<String, Object> connected(Map<String, Object> properties) {
    Map<String, Object> all = new TreeMap<>(properties);
    all.put("bootstrap.servers", broker.bootstrapServers());
    return all;
  }

  @Override
  public <K, V> Consumer<K, V> consumerWith(Map<String, Object> properties) {
    Consumer<K, V> consumer = RealConsumers.connected(connected(properties));
    closers.push(() -> quietly(() -> consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)))));
    return consumer;
  }

  @Override
  public <K, V> Producer<K, V> producerWith(Map<String, Object> properties) {
    Producer<K, V> producer = new KafkaProducer<>(connected(properties));
    closers.push(() -> quietly(() -> producer.close(Duration.ZERO)));
    return producer;
  }

  /** A contract is over: what its clients think of being closed then is no part of it. */
  private static void quietly(Runnable close) {
    try {
      close.run();
    } catch (KafkaException | ConcurrentModificationException afterwards) {
      // Nobody is left to care.
    }
  }

  @Override
  public Admin admin() {
    return broker.admin();
  }

  @Override
  public String topic(int partitions, Map<String, String> settings) {
    String name = unique("topic");
    create(name, partitions, settings);
    // A broker makes a topic's logs, and only then tells its group coordinator of the topic, one
    // change of the metadata after the other: once a later topic has logs, both know this one.
    create(unique("later"), 1, Map.of());
    return name;
  }

  private void create(String name, int partitions, Map<String, String> settings) {
    try {
      broker
          .admin()
          .createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
          .all()
          .get();
      awaitLogs(name, partitions);
    } catch (ExecutionException | InterruptedException failed) {
      throw new IllegalStateException("topic " + name + " was not created", failed);
    }
  }

  /** A topic has been created before its only broker knows it; a send in between can get stuck. */
  private void awaitLogs(String topic, int partitions) {
    Map<TopicPartition, OffsetSpec> ends = new LinkedHashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    eventually("the logs of " + topic, () -> answers(ends));
  }

  private boolean answers(Map<TopicPartition, OffsetSpec> ends) {
    try {
      return broker.admin().listOffsets(ends).all().get().size() == ends.size();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RetriableException) {
        return false;
      }
      throw new IllegalStateException("no answer for " + ends.keySet(), failed);
    } catch (InterruptedException failed) {
      throw new IllegalStateException("no answer for " + ends.keySet(), failed);
    }
  }

  @Override
  public String unique(String prefix) {
    return prefix + "-" + NAMES.incrementAndGet();
  }

  @Override
  public Task start(String name, Step step) {
    Attempt attempt = new Attempt(step);
    Thread thread = new Thread(attempt, name);
    thread.setDaemon(true);
    thread.start();
    return () -> {
      thread.join(PATIENCE.toMillis());
      attempt.end(!thread.isAlive());
    };
  }

  @Override
  public void eventually(String what, Condition condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() >= deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
