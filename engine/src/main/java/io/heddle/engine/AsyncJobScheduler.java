package io.heddle.engine;

import java.util.List;
import java.util.Objects;

/**
 * Processes the events of each key one at a time and in order, and different keys at once.
 *
 * <p>A key is held while its job runs, across all partitions of the source and across rebalances: a
 * job that outlives its partition keeps its key until it ends. A scheduler never blocks and always
 * accepts; beyond its limits the partition concerned is paused until half is worked off.
 * Thread-safe.
 *
 * @param <K> the key, with {@code equals} and {@code hashCode} that fit; never null
 * @param <V> what the processor and the finalizer get
 */
public final class AsyncJobScheduler<K, V> {
  private final Engine engine;
  private final String name;
  private final JobFinalizer<K, V> finalizer;
  private final KeyLanes<K, V> lanes;
  private final JobDispatcher<K, V> dispatcher;

  private AsyncJobScheduler(
      EventSource source,
      JobRunner<K, V> runner,
      JobFinalizer<K, V> finalizer,
      SchedulerConfig config) {
    this.engine = source.engine();
    this.finalizer = finalizer;
    this.lanes =
        new KeyLanes<>(
            engine.runtime().locks().get(), config.workerQueueDepth(), config.maxConcurrentKeys());
    StageTimes times = StageTimes.create();
    this.dispatcher = new JobDispatcher<>(lanes, runner, engine, times, config.concurrency());
    this.name = engine.observatory().add("scheduler", times, lanes::size, this::hottest);
    lanes.setName(name);
  }

  /** A scheduler whose processor does its work on the thread that calls it. */
  public static <K, V> AsyncJobScheduler<K, V> blocking(
      EventSource source,
      JobProcessor<K, V> processor,
      JobFinalizer<K, V> finalizer,
      SchedulerConfig config) {
    Objects.requireNonNull(processor, "processor");
    Objects.requireNonNull(finalizer, "finalizer");
    return new AsyncJobScheduler<>(source, new BlockingRunner<>(processor), finalizer, config);
  }

  /** A scheduler whose processor starts work that ends with a stage. */
  public static <K, V> AsyncJobScheduler<K, V> asynchronous(
      EventSource source,
      AsyncJobProcessor<K, V> processor,
      JobFinalizer<K, V> finalizer,
      SchedulerConfig config) {
    Objects.requireNonNull(processor, "processor");
    Objects.requireNonNull(finalizer, "finalizer");
    return new AsyncJobScheduler<>(source, new StageRunner<>(processor), finalizer, config);
  }

  /**
   * Gives an event to this scheduler. To be called by the event's handler or by the finalizer of
   * another scheduler, which returns the result.
   *
   * @return {@link ExecutionState#INCOMPLETE}, always
   * @throws IllegalStateException if called elsewhere, or twice
   * @throws IllegalArgumentException if the event is of another source
   */
  public ExecutionState schedule(EventContext context, K key, V value) {
    Objects.requireNonNull(key, "key");
    if (!(context instanceof Event event) || !engine.isSameAs(event.worker().engine())) {
      throw new IllegalArgumentException("context must be of this scheduler's source");
    }
    event.enqueue(key);
    Lane<K, V> opened = lanes.add(new Job<>(lanes, event, key, value, finalizer));
    if (opened != null) {
      dispatcher.submit(opened);
    }
    return ExecutionState.INCOMPLETE;
  }

  /** Changes how many jobs may run at once; those that run are left to end. */
  public void setConcurrency(int concurrency) {
    Checks.atLeast(1, concurrency, "concurrency");
    dispatcher.setConcurrency(concurrency);
  }

  /** Changes how many jobs may wait behind one key before intake stops. */
  public void setWorkerQueueDepth(int workerQueueDepth) {
    Checks.atLeast(1, workerQueueDepth, "workerQueueDepth");
    lanes.setQueueDepth(workerQueueDepth);
  }

  /** Changes how many keys may be queued or running before intake stops. */
  public void setMaxConcurrentKeys(int maxConcurrentKeys) {
    Checks.atLeast(1, maxConcurrentKeys, "maxConcurrentKeys");
    lanes.setMaxKeys(maxConcurrentKeys);
  }

  /**
   * The name of this scheduler in {@link EventSource#latencies} and {@link EventSource#hotKeys}.
   */
  public String name() {
    return name;
  }

  private List<HotKey> hottest(int count) {
    return lanes.hottest(name, engine.nanoTime(), count);
  }

  /** How many keys are queued or running. */
  public int activeKeys() {
    return lanes.size();
  }
}
