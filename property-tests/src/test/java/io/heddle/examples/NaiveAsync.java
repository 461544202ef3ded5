package io.heddle.examples;

import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventContext;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.KafkaClients;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Calls another system for each event, all at once: commits are in order, the calls are not, not
 * even those of one key. Probably not what you want.
 */
public final class NaiveAsync {
  private final Executor threads;
  private final Consumer<Notice> externalSystem;

  /** An application that makes its calls on these threads. */
  public NaiveAsync(Executor threads, Consumer<Notice> externalSystem) {
    this.threads = threads;
    this.externalSystem = externalSystem;
  }

  /** A source that has this application's handler. */
  public EventSource source(KafkaClients clients, EngineRuntime runtime) {
    return new EventSource(EventSourceConfig.of("notices"), clients, runtime)
        .registerDefault(Notice::decode, this::handle);
  }

  private ExecutionState handle(EventContext context, Notice notice) {
    threads.execute(
        () -> {
          externalSystem.accept(notice);
          context.asyncJobComplete(() -> ExecutionState.COMPLETE);
        });
    return ExecutionState.INCOMPLETE;
  }
}
