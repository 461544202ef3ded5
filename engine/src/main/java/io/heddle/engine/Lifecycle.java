package io.heddle.engine;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.apache.kafka.common.errors.InterruptException;

/** The state of a source, its failure and its end. Thread-safe. */
final class Lifecycle {
  private static final AtomicReferenceFieldUpdater<Lifecycle, SourceState> STATE =
      AtomicReferenceFieldUpdater.newUpdater(Lifecycle.class, SourceState.class, "state");

  private volatile SourceState state = SourceState.NEW;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Monitor monitor;
  private final PollWaker waker;
  private volatile boolean immediate;
  private volatile boolean over;

  Lifecycle(Monitor monitor, PollWaker waker) {
    this.monitor = monitor;
    this.waker = waker;
  }

  SourceState state() {
    return state;
  }

  boolean isNew() {
    return state == SourceState.NEW;
  }

  boolean isRunning() {
    return state == SourceState.RUNNING;
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Whether nothing is waited for any more. */
  boolean isImmediate() {
    return immediate;
  }

  void start() {
    if (!move(SourceState.RUNNING)) {
      throw new IllegalStateException("a source can be started once, this one is " + state);
    }
  }

  /** Asks for the end; {@code now} without waiting for anything. Returns the end. */
  CompletableFuture<Void> stop(boolean now) {
    if (now) {
      immediate = true;
    }
    if (STATE.compareAndSet(this, SourceState.NEW, SourceState.CLOSED)) {
      end();
    } else {
      move(SourceState.DRAINING);
      waker.wake();
      // The poll thread may wait for a drain instead of polling.
      monitor.signal();
    }
    return ended.copy();
  }

  /** Records why the source cannot go on, unless it is known or the source has closed. */
  void fail(Throwable cause) {
    if (state != SourceState.CLOSED && failure.compareAndSet(null, cause)) {
      move(SourceState.FAILED);
    }
    waker.wake();
  }

  /** Called by the poll thread as the last thing it does. */
  void end() {
    move(SourceState.CLOSED);
    over = true;
    monitor.signal();
    ended.complete(null);
  }

  void awaitEnd() throws InterruptedException {
    monitor.await(() -> over);
  }

  /** Waits for the end, but not longer than until the deadline; returns whether it has come. */
  boolean awaitEndUntil(long deadlineNanos) throws InterruptedException {
    return monitor.awaitUntil(() -> over, deadlineNanos);
  }

  /** Waits for the end on behalf of callers that declare no InterruptedException. */
  void awaitEndOrInterrupt() {
    try {
      awaitEnd();
    } catch (InterruptedException e) {
      // Kafka's unchecked one, whose constructor restores the thread's flag.
      throw new InterruptException(e);
    }
  }

  private boolean move(SourceState next) {
    SourceState current = state;
    while (current.canBecome(next)) {
      if (STATE.compareAndSet(this, current, next)) {
        return true;
      }
      current = state;
    }
    return false;
  }
}
