package io.heddle.examples;

import io.heddle.engine.AsyncBatcher;
import io.heddle.engine.BatchExecutor;
import io.heddle.engine.BatchItem;
import io.heddle.engine.BatchItems;
import io.heddle.engine.BatcherConfig;
import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventContext;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExactlyOnceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.KafkaClients;
import io.heddle.engine.StoreConfig;
import io.heddle.engine.codec.Codecs;
import io.heddle.engine.store.KeyValueStore;
import java.time.Duration;

/**
 * Keeps what events say in a state store, and writes it to a system that takes many writes in one
 * call. A write that fails fails its event.
 */
public final class BatchWrites {
  private final EventSource source;
  private final KeyValueStore<String, String> texts;
  private final AsyncBatcher<String, String> batcher;

  /** An application, as this member, that writes with this call, which may block. */
  public BatchWrites(
      KafkaClients clients,
      EngineRuntime runtime,
      String member,
      BatchExecutor<String, String> write) {
    source =
        new EventSource(
            EventSourceConfig.of("notices")
                .withExactlyOnce(ExactlyOnceConfig.of("batch-writes", member)),
            clients,
            runtime);
    texts =
        KeyValueStore.inMemory(
            source,
            StoreConfig.of("texts", "notice-texts").withoutCreation(),
            Codecs.strings(),
            Codecs.strings());
    int maxBatchSize = 50;
    int maxConcurrentBatches = 100;
    Duration accumulationDelay = Duration.ofMillis(10);
    batcher =
        AsyncBatcher.blocking(
            source, write, BatcherConfig.of(maxBatchSize, maxConcurrentBatches, accumulationDelay));
    source.register("notice", Notice::decode, this::handleEvent);
  }

  /** The source, to start and to close. */
  public EventSource source() {
    return source;
  }

  private ExecutionState handleEvent(EventContext context, Notice notice) {
    String before = texts.get(context, notice.key()).orElse("");
    texts.put(context, notice.key(), before + "," + notice.text());
    BatchItems<String, String> items = new BatchItems<>(context, notice.key(), this::batchComplete);
    return batcher.add(items.addOne(notice.text()).withUserData(notice));
  }

  // In sequence for the key, when all items of the event have been written.
  private ExecutionState batchComplete(EventContext context, BatchItems<String, String> items)
      throws Exception {
    for (BatchItem<String, String> item : items.items()) {
      if (item.error().isPresent()) {
        throw item.error().get();
      }
    }
    return ExecutionState.COMPLETE;
  }
}
