package io.heddle.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.KafkaClients;
import io.heddle.engine.SourceState;
import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.broker.GroupSettings;
import io.heddle.simulator.core.SimRuntime;
import io.heddle.simulator.history.Fact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Runs two members of an application on the simulated Kafka while notices are sent, and, unless it
 * is to be quiet, has members crash and come back and the group rebalance meanwhile.
 */
final class Rehearsal {
  static final int NOTICES = 240;
  static final int KEYS = 7;
  private static final String INPUT = "notices";
  private static final int PARTITIONS = 3;
  private static final String BYTES = "org.apache.kafka.common.serialization.ByteArray";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Makes a source of an application. */
  interface Application {
    EventSource create(KafkaClients clients, EngineRuntime runtime, String member, Calls calls);
  }

  /** The system that the application calls, whose calls take their time. */
  final class Calls {
    private final SimRuntime runtime;

    private Calls(SimRuntime runtime) {
      this.runtime = runtime;
    }

    SimRuntime runtime() {
      return runtime;
    }

    /** Takes a call, which is one once it has returned. */
    void call(Notice notice) {
      runtime.sleep(1_000_000L + kafka.choices("call").below(20_000_000));
      made.add(notice);
    }
  }

  private final SimulatedKafka kafka;
  private final Application application;
  private final boolean quiet;
  private final List<String> changeLogs;
  private final List<Notice> made = new ArrayList<>();
  private final Map<String, Map<String, byte[]>> stored = new TreeMap<>();
  private final Map<String, EventSource> sources = new LinkedHashMap<>();
  private final Map<TopicPartition, Long> appended = new LinkedHashMap<>();
  private final Map<TopicPartition, Long> committed = new LinkedHashMap<>();
  private final Set<String> workedOn = new TreeSet<>();
  private int crashesWithWork;

  private Rehearsal(long seed, boolean quiet, List<String> changeLogs, Application application) {
    this.kafka =
        SimulatedKafka.builder(seed)
            .cluster(
                ClusterSettings.defaults()
                    .withGroups(
                        GroupSettings.defaults()
                            .withSessionTimeoutMs(1, 60_000)
                            .withInitialRebalanceDelayMs(100)))
            .build();
    this.quiet = quiet;
    this.changeLogs = changeLogs;
    this.application = application;
    kafka.listen(
        fact -> {
          if (fact instanceof Fact.Appended record && record.partition().topic().equals(INPUT)) {
            appended.put(record.partition(), record.offset() + 1);
          } else if (fact instanceof Fact.Committed commit) {
            committed.put(commit.partition(), commit.offset());
            workedOn.add(commit.member().name());
          } else if (fact instanceof Fact.Crashed crash) {
            // Whoever has committed in this life had something to lose.
            crashesWithWork += workedOn.remove(crash.member().name()) ? 1 : 0;
          }
        });
  }

  static Rehearsal disturbed(long seed, List<String> changeLogs, Application application)
      throws Exception {
    return new Rehearsal(seed, false, changeLogs, application).run(() -> true);
  }

  /** The same, which goes on until this is so. */
  static Rehearsal disturbedUntil(
      long seed, List<String> changeLogs, Application application, BooleanSupplier done)
      throws Exception {
    return new Rehearsal(seed, false, changeLogs, application).run(done);
  }

  static Rehearsal quiet(long seed, List<String> changeLogs, Application application)
      throws Exception {
    return new Rehearsal(seed, true, changeLogs, application).run(() -> true);
  }

  /** The calls that returned, in the order in which they did. */
  List<Notice> made() {
    return made;
  }

  /** How many members crashed after they had been given records. */
  int crashesWithWork() {
    return crashesWithWork;
  }

  /** What a store would be restored to: its entries by key. */
  Map<String, byte[]> stored(String changeLog) {
    Map<String, byte[]> entries = stored.get(changeLog);
    if (entries == null) {
      throw new IllegalArgumentException(changeLog + " was not made for this run");
    }
    return entries;
  }

  /** The same of a store of strings. */
  Map<String, String> storedTexts(String changeLog) {
    Map<String, String> texts = new TreeMap<>();
    stored(changeLog).forEach((key, value) -> texts.put(key, new String(value, UTF_8)));
    return texts;
  }

  /** What was sent of a key, in this order. */
  static List<String> sentOf(String key) {
    return IntStream.range(0, NOTICES)
        .filter(number -> keyOf(number).equals(key))
        .mapToObj(Rehearsal::textOf)
        .toList();
  }

  static List<String> keys() {
    return IntStream.range(0, KEYS).mapToObj(Rehearsal::keyOf).toList();
  }

  private static String keyOf(int number) {
    return "k" + number % KEYS;
  }

  private static String textOf(int number) {
    return String.valueOf(1_000 + number);
  }

  private Rehearsal run(BooleanSupplier done) throws Exception {
    kafka.run(
        () -> {
          kafka.createTopic(INPUT, PARTITIONS);
          for (String changeLog : changeLogs) {
            kafka.createTopic(changeLog, PARTITIONS, Map.of("cleanup.policy", "compact"));
          }
          start(kafka.process("m1"));
          start(kafka.process("m2"));
          send();
          await(() -> isCommitted() && done.getAsBoolean());
          stop();
          changeLogs.forEach(this::read);
        });
    return this;
  }

  private void start(SimulatedProcess process) {
    String member = process.process().member().name();
    var unused =
        process.start(
            "main",
            () -> {
              SimRuntime runtime = process.runtime();
              EventSource source =
                  application.create(
                      clients(process), engineRuntime(runtime), member, new Calls(runtime));
              sources.put(member, source);
              source.start();
            });
  }

  private static EngineRuntime engineRuntime(SimRuntime runtime) {
    return new EngineRuntime(
        runtime.clock(),
        runtime.nanoTime(),
        runtime.threadFactory("engine"),
        runtime.executor("strands", Integer.MAX_VALUE),
        runtime.executor("workers", Integer.MAX_VALUE),
        runtime.locks());
  }

  private static KafkaClients clients(SimulatedProcess process) {
    return new KafkaClients(
            () ->
                process.consumer(
                    config(
                        "read_committed",
                        Map.of(
                            "group.id",
                            "app",
                            "session.timeout.ms",
                            1_000,
                            "heartbeat.interval.ms",
                            200))),
            () -> process.producer(Map.of()))
        .withTransactionalProducers(
            id -> process.producer(Map.of("transactional.id", id, "transaction.timeout.ms", 5_000)))
        .withRestoreConsumers(
            isolation ->
                process.consumer(config(isolation.toString().toLowerCase(Locale.ROOT), Map.of())));
  }

  private static Map<String, Object> config(String isolation, Map<String, Object> more) {
    Map<String, Object> config = new TreeMap<>(more);
    config.put("isolation.level", isolation);
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", "false");
    config.put("key.deserializer", BYTES + "Deserializer");
    config.put("value.deserializer", BYTES + "Deserializer");
    return config;
  }

  private void send() {
    Producer<byte[], byte[]> producer =
        kafka.producer(
            Map.of(
                "key.serializer", BYTES + "Serializer", "value.serializer", BYTES + "Serializer"));
    for (int number = 0; number < NOTICES; number++) {
      ProducerRecord<byte[], byte[]> notice =
          new ProducerRecord<>(
              INPUT, keyOf(number).getBytes(UTF_8), textOf(number).getBytes(UTF_8));
      notice.headers().add(EventSourceConfig.DEFAULT_TYPE_HEADER, "notice".getBytes(UTF_8));
      var unused = producer.send(notice);
      kafka.simulation().sleep(50_000_000);
      if (!quiet) {
        disturb(number);
      }
    }
    producer.close();
  }

  private void disturb(int number) {
    switch (number) {
      case 40, 190 -> {
        kafka.crash("m1");
      }
      case 60, 220 -> start(kafka.restart("m1"));
      case 100, 150 -> {
        boolean unused = kafka.forceRebalance("app");
      }
      case 120 -> {
        kafka.crash("m2");
        start(kafka.restart("m2"));
      }
      default -> {
        // Nothing happens.
      }
    }
  }

  private boolean isCommitted() {
    return appended.entrySet().stream()
        .allMatch(end -> end.getValue().equals(committed.get(end.getKey())));
  }

  private void await(BooleanSupplier goal) {
    long deadline = kafka.simulation().nanoTime() + PATIENCE.toNanos();
    while (!goal.getAsBoolean()) {
      sources.forEach((member, source) -> check(member, source.failure().orElse(null)));
      if (kafka.simulation().nanoTime() >= deadline) {
        throw new AssertionError("committed are " + committed + " of " + appended);
      }
      kafka.simulation().sleep(LOOK.toNanos());
    }
  }

  private static void check(String member, @Nullable Throwable failure) {
    if (failure != null) {
      throw new AssertionError(member + " failed", failure);
    }
  }

  private void stop() {
    sources
        .values()
        .forEach(
            source -> {
              var unused = source.stop();
            });
    await(() -> sources.values().stream().allMatch(source -> source.state() == SourceState.CLOSED));
  }

  private void read(String changeLog) {
    Map<String, byte[]> entries = stored.computeIfAbsent(changeLog, topic -> new TreeMap<>());
    List<TopicPartition> partitions =
        IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(changeLog, p)).toList();
    try (Consumer<byte[], byte[]> consumer = kafka.consumer(config("read_committed", Map.of()))) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
        for (ConsumerRecord<byte[], byte[]> change : consumer.poll(LOOK)) {
          String key = new String(change.key(), UTF_8);
          if (change.value() == null) {
            entries.remove(key);
          } else {
            entries.put(key, change.value());
          }
        }
      }
    }
  }
}
