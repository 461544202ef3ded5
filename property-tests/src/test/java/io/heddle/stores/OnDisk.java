package io.heddle.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.engine.ChangeLogPlace;
import io.heddle.engine.EngineListener;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExactlyOnceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.KafkaClients;
import io.heddle.engine.SourceState;
import io.heddle.engine.StoreConfig;
import io.heddle.engine.codec.Codecs;
import io.heddle.engine.store.KeyValueStore;
import io.heddle.engine.store.OrderedStore;
import io.heddle.engine.store.OrderedTable;
import io.heddle.examples.FileTable;
import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.core.SimRuntime;
import io.heddle.simulator.history.Fact;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * An application whose store is in files of its member's own. A record names a key and a letter,
 * which is appended to the key's text, at least once only if it is not there yet; or it deletes the
 * text with a minus sign; or it takes ten seconds, with a tilde.
 */
final class OnDisk {
  static final String CHANGES = "changes";
  static final TopicPartition LOG = new TopicPartition(CHANGES, 0);
  private static final TopicPartition INPUT = new TopicPartition("in", 0);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** How records are processed. */
  enum Delivery {
    AT_LEAST_ONCE,
    EXACTLY_ONCE
  }

  /** Makes a store of a member's table; the test's mistakes are in here. */
  interface Stores {
    OrderedStore on(OrderedTable table, String member);
  }

  final SimulatedKafka kafka;
  final List<String> heard = new ArrayList<>();
  private final Delivery delivery;
  private final Path directory;
  private final Stores stores;
  private final Map<TopicPartition, Long> committed = new LinkedHashMap<>();
  private final Map<String, EventSource> sources = new LinkedHashMap<>();
  private final Map<String, SimulatedProcess> processes = new TreeMap<>();
  private final Map<String, Integer> open = new TreeMap<>();
  private Map<String, String> logConfig = Map.of("cleanup.policy", "compact");
  private Map<String, Object> producerConfig = Map.of();
  private boolean withAdmins = true;
  private int sent;
  private int lives;

  OnDisk(long seed, Delivery delivery, Path directory, Stores stores) {
    this.kafka = SimulatedKafka.withSeed(seed);
    this.delivery = delivery;
    this.directory = directory;
    this.stores = stores;
    kafka.listen(
        fact -> {
          if (fact instanceof Fact.Committed commit) {
            committed.put(commit.partition(), commit.offset());
          }
        });
  }

  OnDisk withoutAdmins() {
    withAdmins = false;
    return this;
  }

  OnDisk withProducer(Map<String, Object> config) {
    producerConfig = config;
    return this;
  }

  OnDisk withTombstonesKeptFor(Duration duration) {
    logConfig =
        Map.of("cleanup.policy", "compact", "delete.retention.ms", "" + duration.toMillis());
    return this;
  }

  /** Runs this, with the topics there and everything stopped in the end. */
  OnDisk run(SimulatedKafka.Body body) throws Exception {
    kafka.run(
        () -> {
          kafka.createTopic("in", 1);
          createLog();
          body.run();
          for (String member : List.copyOf(sources.keySet())) {
            stop(member);
          }
        });
    return this;
  }

  void createLog() {
    kafka.createTopic(CHANGES, 1, logConfig);
  }

  void deleteLog() {
    kafka.cluster().deleteTopic(CHANGES);
  }

  /** Sends records, one after another. */
  void send(String... values) {
    SimulatedParts.send(kafka, "in", new byte[0], values);
    sent += values.length;
  }

  boolean isAllCommitted() {
    return Long.valueOf(sent).equals(committed.get(INPUT));
  }

  /** Waits until all that was sent is committed. */
  void awaitAll() {
    await(this::isAllCommitted);
  }

  void await(BooleanSupplier goal) {
    for (int looks = 0; !goal.getAsBoolean(); looks++) {
      sources.forEach(
          (member, source) -> {
            if (source.failure().isPresent() && !isCrashed(member)) {
              throw new AssertionError(member + " failed", source.failure().get());
            }
          });
      if (looks > 3_000) {
        throw new AssertionError("committed are " + committed + ", heard was " + heard);
      }
      kafka.simulation().sleep(LOOK.toNanos());
    }
  }

  void sleep(Duration duration) {
    kafka.simulation().sleep(duration.toNanos());
  }

  /** Starts a member, or starts it again after it was stopped or has crashed. */
  void start(String member) {
    boolean crashed = processes.containsKey(member) && isCrashed(member);
    if (crashed) {
      sources.remove(member);
      open.remove(member);
    }
    SimulatedProcess process = crashed ? kafka.restart(member) : kafka.process(member);
    processes.put(member, process);
    var unused =
        process.start(
            "main-" + ++lives,
            () -> {
              EventSource source = source(process, member);
              sources.put(member, source);
              source.start();
            });
    await(() -> sources.containsKey(member));
  }

  EventSource source(String member) {
    EventSource source = sources.get(member);
    if (source == null) {
      throw new AssertionError(member + " was not started");
    }
    return source;
  }

  SimulatedProcess process(String member) {
    SimulatedProcess process = processes.get(member);
    if (process == null) {
      throw new AssertionError(member + " was not started");
    }
    return process;
  }

  boolean isCrashed(String member) {
    return process(member).process().crashed();
  }

  void crash(String member) {
    kafka.crash(member);
  }

  void stop(String member) {
    EventSource source = sources.remove(member);
    if (source != null && !isCrashed(member)) {
      var unused = source.stop();
      await(() -> source.state() == SourceState.CLOSED);
      if (source.failure().isPresent()) {
        throw new AssertionError(member + " failed", source.failure().get());
      }
      if (open.containsKey(member)) {
        throw new AssertionError(member + " has closed, and a table of it is open");
      }
    }
  }

  private EventSource source(SimulatedProcess process, String member) {
    SimRuntime runtime = process.runtime();
    EventSourceConfig config =
        EventSourceConfig.of("in")
            .withCommitInterval(Duration.ofMillis(300))
            .withDrainTimeout(Duration.ofSeconds(1));
    EventSource source =
        new EventSource(
            delivery == Delivery.EXACTLY_ONCE
                ? config.withExactlyOnce(ExactlyOnceConfig.of("app", member))
                : config,
            clients(process),
            SimulatedParts.runtime(runtime),
            new Listener(member));
    KeyValueStore<String, String> store =
        KeyValueStore.on(
            source,
            StoreConfig.of("texts", CHANGES).withoutCreation(),
            partition -> stores.on(new Watched(FileTable.open(path(member)), member), member),
            Codecs.strings(),
            Codecs.strings());
    return source.registerDefault(
        Codecs.strings().ofValues(),
        (context, value) -> {
          String key = value.substring(0, 1);
          String letter = value.substring(1);
          String text = store.get(context, key).orElse("");
          if (letter.equals("~")) {
            runtime.sleep(Duration.ofSeconds(10).toNanos());
          } else if (letter.equals("-")) {
            store.delete(context, key);
          } else if (delivery == Delivery.EXACTLY_ONCE || !text.contains(letter)) {
            store.put(context, key, text + letter);
          }
          return ExecutionState.COMPLETE;
        });
  }

  Path path(String member) {
    return directory.resolve(member).resolve("texts");
  }

  /** What is in a member's file. */
  Map<String, String> onDisk(String member) {
    Map<String, String> texts = new TreeMap<>();
    FileTable table = FileTable.open(path(member));
    table.forEach(
        null, null, (key, value) -> texts.put(new String(key, UTF_8), new String(value, UTF_8)));
    table.close();
    return texts;
  }

  /** What the change log says. */
  Map<String, String> inLog() {
    return changed(new TreeMap<>(), 0);
  }

  /** What a member's file would be restored to, with what the change log has from its place on. */
  Map<String, String> restored(String member) {
    FileTable table = FileTable.open(path(member));
    long place = table.place().map(ChangeLogPlace::offset).orElse(0L);
    table.close();
    return changed(onDisk(member), place);
  }

  private Map<String, String> changed(Map<String, String> texts, long from) {
    try (Consumer<byte[], byte[]> consumer =
        kafka.consumer(SimulatedParts.consumer("read_committed", Map.of()))) {
      consumer.assign(List.of(LOG));
      consumer.seek(LOG, from);
      long end = consumer.endOffsets(List.of(LOG)).getOrDefault(LOG, 0L);
      while (consumer.position(LOG) < end) {
        for (ConsumerRecord<byte[], byte[]> change : consumer.poll(LOOK)) {
          String key = new String(change.key(), UTF_8);
          if (change.value() == null) {
            texts.remove(key);
          } else {
            texts.put(key, new String(change.value(), UTF_8));
          }
        }
      }
    }
    return texts;
  }

  private KafkaClients clients(SimulatedProcess process) {
    KafkaClients clients =
        new KafkaClients(
                () ->
                    process.consumer(
                        SimulatedParts.consumer(
                            "read_committed",
                            Map.of("group.id", "app", "session.timeout.ms", 6_000))),
                () -> process.producer(producerConfig))
            .withTransactionalProducers(
                id ->
                    process.producer(
                        Map.of("transactional.id", id, "transaction.timeout.ms", 5_000)))
            .withRestoreConsumers(
                isolation ->
                    process.consumer(
                        SimulatedParts.consumer(
                            isolation.toString().toLowerCase(Locale.ROOT), Map.of())));
    return withAdmins ? clients.withAdmins(() -> process.admin(Map.of())) : clients;
  }

  /** Sees to it that a file is open once. */
  private final class Watched extends ForwardingTable {
    private final String member;

    Watched(OrderedTable table, String member) {
      super(table);
      this.member = member;
      if (open.merge(member, 1, Integer::sum) > 1) {
        throw new AssertionError("the file of " + member + " is open already");
      }
    }

    @Override
    public void close() {
      super.close();
      open.remove(member);
    }
  }

  private final class Listener implements EngineListener {
    private final String member;

    private Listener(String member) {
      this.member = member;
    }

    @Override
    public void restored(TopicPartition partition, String store, long changes) {
      heard.add(member + " restored " + changes);
    }

    @Override
    public void storeDiscarded(TopicPartition partition, String store, String reason) {
      heard.add(member + " discarded: " + reason);
    }
  }
}
