package io.heddle.stores;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.embedded.EmbeddedKafka;
import io.heddle.engine.ChangeLogException;
import io.heddle.engine.EngineListener;
import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExactlyOnceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.StoreConfig;
import io.heddle.engine.codec.Codecs;
import io.heddle.engine.store.KeyValueStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Change logs on a real broker: created, checked, written in transactions and read again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealChangeLogTest {
  private static final int SECONDS = 60;

  private final EmbeddedKafka broker;
  private final RealClients clients;
  private final Admin admin;

  RealChangeLogTest() throws Exception {
    broker = EmbeddedKafka.start(1, Map.of("auto.create.topics.enable", "false"));
    clients = new RealClients(broker);
    admin = clients.admin();
  }

  @BeforeAll
  void createTopics() throws Exception {
    create("in", Map.of());
    create("other-in", Map.of());
  }

  @AfterAll
  void close() throws Exception {
    admin.close();
    broker.close();
  }

  private void create(String topic, Map<String, String> config) throws Exception {
    admin
        .createTopics(List.of(new NewTopic(topic, 3, (short) 1).configs(config)))
        .all()
        .get(SECONDS, TimeUnit.SECONDS);
  }

  /** Counts the records of each key, and tells of each sum. */
  private EventSource counting(
      String topic, StoreConfig config, AtomicLong highest, EngineListener listener) {
    EventSource source =
        new EventSource(
            EventSourceConfig.of(topic).withExactlyOnce(ExactlyOnceConfig.of("app-" + topic, "m1")),
            clients.of("group-" + topic),
            EngineRuntime.system(),
            listener);
    KeyValueStore<String, Long> counts =
        KeyValueStore.inMemory(source, config, Codecs.strings(), Codecs.sortableLongs());
    return source.registerDefault(
        Codecs.strings().ofKeys(),
        (context, key) -> {
          long count = counts.get(context, key).orElse(0L) + 1;
          counts.put(context, key, count);
          highest.accumulateAndGet(count, Math::max);
          return ExecutionState.COMPLETE;
        });
  }

  private void send(String topic, int count) {
    try (Producer<byte[], byte[]> producer = clients.producer(Map.of())) {
      for (int i = 0; i < count; i++) {
        var unused =
            producer.send(new ProducerRecord<>(topic, "a".getBytes(UTF_8), new byte[] {1}));
      }
    }
  }

  /** Runs a source until this offset is committed. */
  private void runUntil(long offset, AtomicLong highest) throws Exception {
    CompletableFuture<Long> reached = new CompletableFuture<>();
    EventSource source =
        counting(
            "in",
            StoreConfig.of("counts", "created"),
            highest,
            new EngineListener() {
              @Override
              public void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
                offsets.values().stream()
                    .map(OffsetAndMetadata::offset)
                    .filter(committed -> committed == offset)
                    .forEach(reached::complete);
              }

              @Override
              public void failed(Throwable failure) {
                reached.completeExceptionally(failure);
              }
            });
    source.start();
    assertThat(reached.get(SECONDS, TimeUnit.SECONDS)).isEqualTo(offset);
    source.close();
    assertThat(source.failure()).isEmpty();
  }

  @Test
  void aMissingOneIsCreatedAndRestoredFrom() throws Exception {
    AtomicLong highest = new AtomicLong();
    send("in", 100);
    runUntil(100, highest);
    assertThat(highest).hasValue(100);
    Map<String, TopicDescription> topics =
        admin.describeTopics(List.of("created")).allTopicNames().get(SECONDS, TimeUnit.SECONDS);
    assertThat(topics.values())
        .singleElement()
        .satisfies(it -> assertThat(it.partitions()).hasSize(3));
    Map<ConfigResource, Config> configs =
        admin
            .describeConfigs(List.of(new ConfigResource(ConfigResource.Type.TOPIC, "created")))
            .all()
            .get(SECONDS, TimeUnit.SECONDS);
    assertThat(configs.values())
        .singleElement()
        .satisfies(it -> assertThat(it.get("cleanup.policy").value()).isEqualTo("compact"));

    send("in", 50);
    runUntil(150, highest);
    assertThat(highest).hasValue(150);
  }

  private Throwable failureWith(StoreConfig config) throws Exception {
    CompletableFuture<Throwable> failed = new CompletableFuture<>();
    EventSource source =
        counting(
            "other-in",
            config,
            new AtomicLong(),
            new EngineListener() {
              @Override
              public void failed(Throwable failure) {
                failed.complete(failure);
              }
            });
    source.start();
    Throwable failure = failed.get(SECONDS, TimeUnit.SECONDS);
    source.close();
    return failure;
  }

  @Test
  void oneThatIsNotCompactedIsRefused() throws Exception {
    create("deleting", Map.of("cleanup.policy", "delete"));

    assertThat(failureWith(StoreConfig.of("counts", "deleting")))
        .isInstanceOf(ChangeLogException.class)
        .hasMessage(
            "change log 'deleting' of store 'counts' must have cleanup.policy=compact, has"
                + " 'delete'");
  }

  @Test
  void oneWithAnotherPartitionCountIsRefused() throws Exception {
    admin
        .createTopics(
            List.of(
                new NewTopic("wide", 4, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
        .all()
        .get(SECONDS, TimeUnit.SECONDS);

    assertThat(failureWith(StoreConfig.of("counts", "wide")))
        .isInstanceOf(ChangeLogException.class)
        .hasMessage(
            "change log 'wide' of store 'counts' must have as many partitions as topic 'other-in'"
                + " (3), has 4");
  }

  @Test
  void oneThatIsMissingAndNotToBeCreatedIsRefused() throws Exception {
    assertThat(failureWith(StoreConfig.of("counts", "nowhere").withoutCreation()))
        .hasMessage(
            "change log 'nowhere' of store 'counts' must exist, since it is not to be created");
  }
}
