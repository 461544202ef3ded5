package io.heddle.scenarios.run;

import io.heddle.engine.EventContext;
import io.heddle.engine.EventSource;
import io.heddle.engine.StoreConfig;
import io.heddle.engine.codec.Codecs;
import io.heddle.engine.store.KeyValueStore;
import io.heddle.engine.store.OrderedStore;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Store;
import io.heddle.simulator.history.Fact;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The store of the application under test: each key's entry is the offsets of its records in the
 * order in which they were applied, as {@code 3,17,20}. Whatever goes wrong with a store is seen in
 * what is left of it.
 */
final class StoredOffsets {
  /** Segments and cleaning so often that a run sees them. */
  private static final Map<String, String> TOPIC =
      new TreeMap<>(
          Map.of(
              TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
              TopicConfig.SEGMENT_MS_CONFIG, "1000",
              TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1"));

  private final KeyValueStore<String, String> store;
  private final boolean onceEach;

  private StoredOffsets(KeyValueStore<String, String> store, boolean onceEach) {
    this.store = store;
    this.onceEach = onceEach;
  }

  /** The settings of a change log: those, and what the scenario says of it. */
  static Map<String, String> topic(Store store) {
    Map<String, String> settings = new TreeMap<>(TOPIC);
    settings.putAll(store.config());
    return settings;
  }

  /**
   * The store of a member, if it has one. With exactly-once delivery each record is applied as it
   * comes; otherwise one that comes again is not, as an application does that knows of repetitions.
   */
  static Optional<StoredOffsets> of(EventSource source, Engine engine, MemberSurroundings world) {
    boolean onceEach = engine.exactlyOnce().isPresent();
    return engine
        .store()
        .map(
            store ->
                new StoredOffsets(
                    KeyValueStore.on(
                        source,
                        config(store, world.changeLog()),
                        store.home() == Store.Home.DISK
                            ? partition -> OrderedStore.on(world.disk().open(partition))
                            : partition -> OrderedStore.inMemory(),
                        Codecs.strings(),
                        Codecs.strings()),
                    onceEach));
  }

  private static StoreConfig config(Store store, String changeLog) {
    StoreConfig config = StoreConfig.of("offsets", changeLog);
    for (Map.Entry<String, String> setting : topic(store).entrySet()) {
      config = config.withTopicConfig(setting.getKey(), setting.getValue());
    }
    if (store.replication().isPresent()) {
      config = config.withReplicationFactor(store.replication().getAsInt());
    }
    if (!store.guard()) {
      config = config.withoutGuard();
    }
    return store.create() ? config : config.withoutCreation();
  }

  void apply(EventContext context, String key, long offset) {
    String before = store.get(context, key).orElse("");
    if (onceEach || before.isEmpty() || last(before) < offset) {
      store.put(context, key, before.isEmpty() ? "" + offset : before + "," + offset);
    }
  }

  private static long last(String offsets) {
    return Long.parseLong(offsets.substring(offsets.lastIndexOf(',') + 1));
  }

  /** Collects what is in a change log, and tells of it when all is read. */
  static final class Audit {
    private final Map<Integer, Map<String, String>> entries = new TreeMap<>();

    void read(ConsumerRecord<byte[], byte[]> change) {
      Map<String, String> partition =
          entries.computeIfAbsent(change.partition(), each -> new TreeMap<>());
      String key = new String(change.key(), StandardCharsets.UTF_8);
      if (change.value() == null) {
        partition.remove(key);
      } else {
        partition.put(key, new String(change.value(), StandardCharsets.UTF_8));
      }
    }

    /** The entries, by partition and key. */
    List<Fact> facts(String topic, long atNanos) {
      List<Fact> facts = new ArrayList<>();
      entries.forEach(
          (partition, stored) ->
              stored.forEach(
                  (key, offsets) ->
                      facts.add(
                          new Fact.Stored(
                              atNanos, new TopicPartition(topic, partition), key, list(offsets)))));
      return facts;
    }

    private static List<Long> list(String offsets) {
      List<Long> list = new ArrayList<>();
      for (String offset : offsets.split(",", -1)) {
        list.add(Long.parseLong(offset));
      }
      return list;
    }
  }
}
