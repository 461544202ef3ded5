package io.heddle.examples;

import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventContext;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExactlyOnceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.JobProcessor;
import io.heddle.engine.KafkaClients;
import io.heddle.engine.SchedulerConfig;
import io.heddle.engine.StoreConfig;
import io.heddle.engine.codec.Codecs;
import io.heddle.engine.store.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Counts the events of each key in a state store, and calls another system for each: one call at a
 * time for each key, many keys at once. The store is touched in the handler and nowhere else.
 */
public final class NotifyExternalSystems {
  private final EventSource source;
  private final KeyValueStore<String, Long> counts;
  private final AsyncJobScheduler<String, Notice> scheduler;

  /** An application, as this member, that calls the given system, which may block. */
  public NotifyExternalSystems(
      KafkaClients clients,
      EngineRuntime runtime,
      String member,
      JobProcessor<String, Notice> externalSystem) {
    source =
        new EventSource(
            EventSourceConfig.of("notices").withExactlyOnce(ExactlyOnceConfig.of("notify", member)),
            clients,
            runtime);
    counts =
        KeyValueStore.inMemory(
            source,
            StoreConfig.of("counts", "notice-counts").withoutCreation(),
            Codecs.strings(),
            Codecs.sortableLongs());
    scheduler =
        AsyncJobScheduler.blocking(
            source, externalSystem, this::finalizeEvent, SchedulerConfig.wideNetwork());
    source.register("notice", Notice::decode, this::handleEvent);
  }

  /** The source, to start and to close. */
  public EventSource source() {
    return source;
  }

  // In sequence for the partition.
  private ExecutionState handleEvent(EventContext context, Notice notice) {
    long before = counts.get(context, notice.key()).orElse(0L);
    counts.put(context, notice.key(), before + 1);
    return scheduler.schedule(context, notice.key(), notice);
  }

  // In sequence for the key, after the call has ended.
  private ExecutionState finalizeEvent(
      EventContext context, String key, Notice notice, @Nullable Exception failure)
      throws Exception {
    if (failure != null) {
      throw failure;
    }
    return ExecutionState.COMPLETE;
  }
}
