package io.heddle.scenarios.run;

import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.CommitBlocker;
import io.heddle.engine.EventSource;
import io.heddle.engine.SourceState;
import io.heddle.scenarios.model.Action;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A member that is the engine with an application.
 *
 * @param schedulers the key-ordered schedulers that its records go through
 */
record EngineMember(EventSource source, List<AsyncJobScheduler<?, ?>> schedulers) implements Peer {
  EngineMember {
    schedulers = List.copyOf(schedulers);
  }

  @Override
  public void start() {
    source.start();
  }

  @Override
  public void stop() {
    var unused = source.stop();
  }

  @Override
  public boolean isOver() {
    return source.state() == SourceState.CLOSED || source.state() == SourceState.FAILED;
  }

  @Override
  public Optional<Throwable> failure() {
    return source.failure();
  }

  @Override
  public Optional<Consumer<Action.ChangeLimits>> limits() {
    return schedulers.isEmpty() ? Optional.empty() : Optional.of(this::change);
  }

  private void change(Action.ChangeLimits limits) {
    for (AsyncJobScheduler<?, ?> scheduler : schedulers) {
      if (limits.concurrency() != null) {
        scheduler.setConcurrency(limits.concurrency());
      }
      if (limits.queueDepth() != null) {
        scheduler.setWorkerQueueDepth(limits.queueDepth());
      }
      if (limits.maxKeys() != null) {
        scheduler.setMaxConcurrentKeys(limits.maxKeys());
      }
    }
  }

  @Override
  public List<String> blockers() {
    return source.commitBlockers().stream().map(EngineMember::describe).toList();
  }

  private static String describe(CommitBlocker blocker) {
    return "waits for offset "
        + blocker.offset()
        + " of "
        + blocker.partition()
        + " for "
        + blocker.age().toMillis()
        + " ms";
  }
}
