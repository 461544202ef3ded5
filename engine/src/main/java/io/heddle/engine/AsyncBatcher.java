package io.heddle.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Processes items of many events, keys and partitions together, for systems with a batch call.
 *
 * <p>A key is in one running batch at a time, across partitions and rebalances; several items of
 * one key may share a batch, in order. An event whose items do not fit into one batch is spread
 * over several, in order. Its callback runs once, after its last item; callbacks of one key and
 * partition run in the order of adding. A batch starts when it is full or its first item has waited
 * for the accumulation delay, and a slot is free.
 *
 * <p>A batcher never blocks and always accepts; beyond its limit the partition concerned is paused
 * until half is worked off. Failed items are no failure of the event: the callback decides, and the
 * source's retries of processors do not apply. Thread-safe.
 *
 * @param <K> the key, with {@code equals} and {@code hashCode} that fit; never null
 * @param <V> what the executor gets
 */
public final class AsyncBatcher<K, V> {
  private final Engine engine;
  private final AsyncBatchExecutor<K, V> executor;
  private final BatcherConfig config;
  private final Lock lock;
  private final StageTimes times = StageTimes.create();
  private final String name;
  // Under the lock, from here on. Nothing foreign is called while it is held.
  private final BatchQueue<K, V> queue;
  private final Set<PartitionWorker> heldBack = new LinkedHashSet<>();
  private @Nullable Long timerDeadline;

  private AsyncBatcher(
      EventSource source, AsyncBatchExecutor<K, V> executor, BatcherConfig config) {
    this.engine = source.engine();
    this.executor = executor;
    this.config = Objects.requireNonNull(config, "config");
    this.lock = engine.runtime().locks().get();
    this.queue = new BatchQueue<>(config);
    this.name = engine.observatory().add("batcher", times, this::activeKeys, this::hottest);
  }

  /** A batcher whose executor does its work on the thread that calls it. */
  public static <K, V> AsyncBatcher<K, V> blocking(
      EventSource source, BatchExecutor<K, V> executor, BatcherConfig config) {
    Objects.requireNonNull(executor, "executor");
    CompletionStage<?> done = CompletableFuture.completedStage(true);
    return new AsyncBatcher<>(
        source,
        items -> {
          executor.execute(items);
          return done;
        },
        config);
  }

  /** A batcher whose executor starts work that ends with a stage. */
  public static <K, V> AsyncBatcher<K, V> asynchronous(
      EventSource source, AsyncBatchExecutor<K, V> executor, BatcherConfig config) {
    return new AsyncBatcher<>(source, Objects.requireNonNull(executor, "executor"), config);
  }

  /**
   * Gives an event's items to this batcher. To be called by the event's handler, finalizer or
   * callback, which returns the result.
   *
   * @return {@link ExecutionState#INCOMPLETE}, always
   * @throws IllegalStateException if called elsewhere, or twice
   * @throws IllegalArgumentException if the event is of another source
   */
  public ExecutionState add(BatchItems<K, V> items) {
    if (!(items.context() instanceof Event event) || !engine.isSameAs(event.worker().engine())) {
      throw new IllegalArgumentException("the items' context must be of this batcher's source");
    }
    items.markAdded();
    event.enqueue(items.key());
    step(over -> queue.add(new BatchJob<>(this, event, items), engine.nanoTime(), over), event);
    return ExecutionState.INCOMPLETE;
  }

  /** The name of this batcher in {@link EventSource#latencies} and {@link EventSource#hotKeys}. */
  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }

  private List<HotKey> hottest(int count) {
    List<HotKey> found;
    lock.lock();
    try {
      found = queue.hotKeys(name, engine.nanoTime());
    } finally {
      lock.unlock();
    }
    return Observatory.top(found, count);
  }

  /** How many keys wait or are in a running batch. */
  public int activeKeys() {
    lock.lock();
    try {
      return queue.keys();
    } finally {
      lock.unlock();
    }
  }

  private interface Change<K, V> {
    void apply(List<BatchJob<K, V>> over);
  }

  /** Changes the queue, and does whatever follows from that. */
  private void step(Change<K, V> change, @Nullable Event added) {
    List<Strand> strands = new ArrayList<>();
    List<BatchQueue.Batch<K, V>> batches = new ArrayList<>();
    List<PartitionWorker> released;
    Long deadline;
    lock.lock();
    try {
      List<BatchJob<K, V>> over = new ArrayList<>();
      change.apply(over);
      long now = engine.nanoTime();
      BatchQueue.Batch<K, V> next = queue.next(now, over);
      while (next != null) {
        batches.add(next);
        next = queue.next(now, over);
      }
      // Posted under the lock, before a key's next batch can end: callbacks keep the order.
      for (BatchJob<K, V> job : over) {
        if (job.post()) {
          strands.add(job.event().worker().strand());
        }
      }
      released = limit(added);
      deadline = newDeadline(now);
    } finally {
      lock.unlock();
    }
    if (deadline != null) {
      long at = deadline;
      Timers.Alarm unused = engine.timers().at(at, () -> due(at));
    }
    strands.forEach(Strand::runLater);
    released.forEach(worker -> worker.gate().release(PauseReason.BATCH_QUEUE));
    batches.forEach(this::start);
  }

  private void due(long deadline) {
    step(
        over -> {
          if (timerDeadline != null && timerDeadline == deadline) {
            timerDeadline = null;
          }
        },
        null);
  }

  /** When a timer is needed that is not set, its deadline. */
  private @Nullable Long newDeadline(long now) {
    long wait = queue.untilDue(now);
    if (wait == Long.MAX_VALUE || (timerDeadline != null && timerDeadline - (now + wait) <= 0)) {
      return null;
    }
    timerDeadline = now + wait;
    return timerDeadline;
  }

  private List<PartitionWorker> limit(@Nullable Event added) {
    if (added != null
        && queue.waiting() > config.maxWaitingItems()
        && heldBack.add(added.worker())) {
      added.worker().gate().hold(PauseReason.BATCH_QUEUE);
    }
    if (heldBack.isEmpty() || queue.waiting() > config.maxWaitingItems() / 2) {
      return List.of();
    }
    List<PartitionWorker> released = List.copyOf(heldBack);
    heldBack.clear();
    return released;
  }

  private void start(BatchQueue.Batch<K, V> batch) {
    try {
      engine.runtime().workers().execute(() -> run(batch));
    } catch (RuntimeException e) {
      abandon(batch, e);
    }
  }

  private void run(BatchQueue.Batch<K, V> batch) {
    batch.lap(times.slot());
    CompletionStage<?> stage;
    try {
      stage = executor.execute(List.copyOf(batch.items()));
      if (stage == null) {
        throw new NullPointerException("the executor returned null instead of a stage");
      }
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      ended(batch, e);
      return;
    } catch (Error e) {
      abandon(batch, e);
      throw e;
    }
    CompletionStage<?> unused =
        stage.whenComplete((result, failure) -> ended(batch, StageRunner.unwrap(failure)));
  }

  private void ended(BatchQueue.Batch<K, V> batch, @Nullable Exception failure) {
    try {
      batch.lap(times.work());
      if (failure != null) {
        for (BatchItem<K, V> item : batch.items()) {
          if (item.error().isEmpty()) {
            item.setError(failure);
          }
        }
      }
      step(over -> queue.end(batch, over), null);
    } catch (RuntimeException | Error e) {
      // Thrown into a stage alone, nobody would ever see it.
      engine.lifecycle().fail(e);
      throw e;
    }
  }

  /** The batch took its thread with it, or found none: its events will never complete. */
  private void abandon(BatchQueue.Batch<K, V> batch, Throwable cause) {
    engine.lifecycle().fail(cause);
    batch.events().forEach(event -> event.worker().post(worker -> worker.abandon(event)));
  }
}
