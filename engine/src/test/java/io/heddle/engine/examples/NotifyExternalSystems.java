package io.heddle.engine.examples;

import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventContext;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.JobProcessor;
import io.heddle.engine.KafkaClients;
import io.heddle.engine.SchedulerConfig;
import org.jspecify.annotations.Nullable;

/** Calls another system for each event: one call at a time for each key, many keys at once. */
public final class NotifyExternalSystems {
  private final EventSource source;
  private final AsyncJobScheduler<String, Notice> scheduler;

  /** An application that calls the given system, which may block. */
  public NotifyExternalSystems(
      KafkaClients clients, EngineRuntime runtime, JobProcessor<String, Notice> externalSystem) {
    source = new EventSource(EventSourceConfig.of("notices"), clients, runtime);
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
