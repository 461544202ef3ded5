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
import java.time.Instant;
import java.util.List;

/**
 * Writes what events say to a system that takes many writes in one call; writes that fail are
 * recorded in a store, and tried again by an interjector every second until they succeed. So no
 * event waits for a system that is down.
 *
 * <p>A failed write has an entry of its own, {@code KEY/NUMBER}, which nobody touches but the event
 * that failed and, behind it, the interjections that try again.
 */
public final class RetriedBatchWrites {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration JITTER = Duration.ofMillis(100);
  private static final String RETRY_KEY = "retry";

  /** So many at once, so that an interjection does not take for ever. */
  private static final int MOST = 100;

  private final EventSource source;
  private final KeyValueStore<String, String> failed;
  private final AsyncBatcher<String, String> batcher;

  /** An application, as this member, that writes with this call, which may block and fail. */
  public RetriedBatchWrites(
      KafkaClients clients,
      EngineRuntime runtime,
      String member,
      BatchExecutor<String, String> write) {
    source =
        new EventSource(
            EventSourceConfig.of("notices")
                .withExactlyOnce(ExactlyOnceConfig.of("retried-writes", member)),
            clients,
            runtime);
    failed =
        KeyValueStore.inMemory(
            source,
            StoreConfig.of("failed", "failed-writes").withoutCreation(),
            Codecs.strings(),
            Codecs.strings());
    batcher =
        AsyncBatcher.blocking(source, write, BatcherConfig.of(50, 100, Duration.ofMillis(10)));
    source.register("notice", Notice::decode, this::handleEvent);
    source.scheduleInterjection(this::retry, EVERY, JITTER);
  }

  /** The source, to start and to close. */
  public EventSource source() {
    return source;
  }

  private ExecutionState handleEvent(EventContext context, Notice notice) {
    BatchItems<String, String> items = new BatchItems<>(context, notice.key(), this::written);
    return batcher.add(items.addOne(notice.text()));
  }

  private ExecutionState written(EventContext context, BatchItems<String, String> items) {
    for (BatchItem<String, String> item : items.items()) {
      if (item.error().isPresent()) {
        failed.put(context, entryOf(item), item.value());
      }
    }
    return ExecutionState.COMPLETE;
  }

  private static String entryOf(BatchItem<String, String> item) {
    return item.key() + "/" + item.value();
  }

  private ExecutionState retry(EventContext context, Instant when) {
    List<KeyValueStore.Entry<String, String>> entries = failed.all(context);
    if (entries.isEmpty()) {
      return ExecutionState.COMPLETE;
    }
    BatchItems<String, String> items = new BatchItems<>(context, RETRY_KEY, this::retried);
    for (KeyValueStore.Entry<String, String> entry :
        entries.subList(0, Math.min(MOST, entries.size()))) {
      String key = entry.key().substring(0, entry.key().indexOf('/'));
      items.addWithKey(key, List.of(entry.value()));
    }
    return batcher.add(items);
  }

  private ExecutionState retried(EventContext context, BatchItems<String, String> items) {
    for (BatchItem<String, String> item : items.items()) {
      if (item.error().isEmpty()) {
        failed.delete(context, entryOf(item));
      }
    }
    return ExecutionState.COMPLETE;
  }
}
