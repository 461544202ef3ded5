package io.heddle.scenarios.run;

import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.CommitBlocker;
import io.heddle.engine.EventSource;
import io.heddle.engine.SourceState;
import io.heddle.scenarios.model.Action;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A member that is the engine with an application. Thread-safe. */
final class EngineMember implements Peer {
  private final EventSource source;
  private final List<AsyncJobScheduler<?, ?>> schedulers;
  private final AskedPromises asked;
  private volatile @Nullable Future<Void> end;

  /**
   * @param schedulers the key-ordered schedulers that its records go through
   * @param asked what it is promised of what it asks for
   */
  EngineMember(EventSource source, List<AsyncJobScheduler<?, ?>> schedulers, AskedPromises asked) {
    this.source = source;
    this.schedulers = List.copyOf(schedulers);
    this.asked = asked;
  }

  EventSource source() {
    return source;
  }

  @Override
  public void start() {
    source.start();
  }

  @Override
  public void stop() {
    end = source.stop();
  }

  /** Also by the future that whoever stops it is given. */
  @Override
  public boolean isOver() {
    Future<Void> told = end;
    return source.state() == SourceState.FAILED
        || (source.state() == SourceState.CLOSED && (told == null || told.isDone()));
  }

  @Override
  public void closed() {
    asked.closed();
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
