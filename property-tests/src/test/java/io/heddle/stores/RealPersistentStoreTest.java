package io.heddle.stores;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.embedded.EmbeddedKafka;
import io.heddle.engine.EngineListener;
import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExactlyOnceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.StoreConfig;
import io.heddle.engine.codec.Codecs;
import io.heddle.engine.store.KeyValueStore;
import io.heddle.engine.store.OrderedStore;
import io.heddle.examples.FileTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A store in a file beside a real broker: of its change log it reads what it has not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealPersistentStoreTest {
  private static final int SECONDS = 60;

  private final EmbeddedKafka broker;
  private final RealClients clients;
  private final Admin admin;
  @TempDir private Path directory = Path.of("");

  RealPersistentStoreTest() throws Exception {
    broker = EmbeddedKafka.start(1, Map.of("auto.create.topics.enable", "false"));
    clients = new RealClients(broker);
    admin = clients.admin();
  }

  @AfterAll
  void close() throws Exception {
    admin.close();
    broker.close();
  }

  @Test
  void exactlyOnceItReadsWhatItHasNot() throws Exception {
    readsWhatItHasNot("eos", true);
  }

  @Test
  void atLeastOnceItReadsWhatItHasNot() throws Exception {
    readsWhatItHasNot("alo", false);
  }

  private void readsWhatItHasNot(String topic, boolean exactlyOnce) throws Exception {
    Path file = directory.resolve(topic);
    Path earlier = directory.resolve(topic + "-earlier");
    admin
        .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
        .all()
        .get(SECONDS, TimeUnit.SECONDS);

    assertThat(runUntil(topic, exactlyOnce, 0, 50)).containsExactly("restored 0");
    Files.copy(file, earlier);
    assertThat(runUntil(topic, exactlyOnce, 50, 60)).containsExactly("restored 0");
    // As if it had crashed after the commit and before the write.
    Files.copy(earlier, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(runUntil(topic, exactlyOnce, 60, 65)).containsExactly("restored 10");
    assertThat(count(file)).isEqualTo(65);

    admin.deleteTopics(List.of(topic + "-changes")).all().get(SECONDS, TimeUnit.SECONDS);
    List<String> heard = runUntil(topic, exactlyOnce, 65, 67);
    assertThat(heard).hasSize(2).endsWith("restored 0");
    assertThat(heard.get(0)).startsWith("discarded: the change log was made anew");
    assertThat(count(file)).isEqualTo(2);
  }

  private static long count(Path file) {
    FileTable table = FileTable.open(file);
    byte[] count = table.get("a".getBytes(UTF_8));
    table.close();
    return Codecs.sortableLongs().decode(count == null ? new byte[0] : count);
  }

  /** Sends records up to this number, and runs a source that counts them until it is committed. */
  private List<String> runUntil(String topic, boolean exactlyOnce, int from, int to)
      throws Exception {
    try (Producer<byte[], byte[]> producer = clients.producer(Map.of())) {
      for (int i = from; i < to; i++) {
        var unused =
            producer.send(new ProducerRecord<>(topic, "a".getBytes(UTF_8), new byte[] {1}));
      }
    }
    List<String> heard = new CopyOnWriteArrayList<>();
    CompletableFuture<Long> reached = new CompletableFuture<>();
    EventSourceConfig config = EventSourceConfig.of(topic);
    EventSource source =
        new EventSource(
            exactlyOnce ? config.withExactlyOnce(ExactlyOnceConfig.of(topic, "m1")) : config,
            clients.of("group-" + topic),
            EngineRuntime.system(),
            new EngineListener() {
              @Override
              public void restored(TopicPartition partition, String store, long changes) {
                heard.add("restored " + changes);
              }

              @Override
              public void storeDiscarded(TopicPartition partition, String store, String reason) {
                heard.add("discarded: " + reason);
              }

              @Override
              public void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
                offsets.values().stream()
                    .map(OffsetAndMetadata::offset)
                    .filter(offset -> offset == to)
                    .forEach(reached::complete);
              }

              @Override
              public void failed(Throwable failure) {
                reached.completeExceptionally(failure);
              }
            });
    KeyValueStore<String, Long> counts =
        KeyValueStore.on(
            source,
            StoreConfig.of("counts", topic + "-changes"),
            partition -> OrderedStore.on(FileTable.open(directory.resolve(topic))),
            Codecs.strings(),
            Codecs.sortableLongs());
    source.registerDefault(
        Codecs.strings().ofKeys(),
        (context, key) -> {
          counts.put(context, key, counts.get(context, key).orElse(0L) + 1);
          return ExecutionState.COMPLETE;
        });
    source.start();
    assertThat(reached.get(SECONDS, TimeUnit.SECONDS)).isEqualTo(to);
    source.close();
    assertThat(source.failure()).isEmpty();
    return heard;
  }
}
