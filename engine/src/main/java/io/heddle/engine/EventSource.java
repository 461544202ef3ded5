package io.heddle.engine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Consumes topics as a member of a group and processes each partition as many keys at once, with
 * commits in order, at least once.
 *
 * <p>Register handlers, create schedulers, {@link #start}; later {@link #stop} or {@link #close}.
 * All methods may be called from any thread, but those that wait not from application code that the
 * source itself calls.
 */
public final class EventSource implements AutoCloseable {
  private final Engine engine;
  private final PollLoop pollLoop;
  private volatile @Nullable Thread pollThread;

  /** A source that tells nobody what it does. */
  public EventSource(EventSourceConfig config, KafkaClients clients, EngineRuntime runtime) {
    this(config, clients, runtime, new EngineListener() {});
  }

  /** A source that is watched. */
  public EventSource(
      EventSourceConfig config,
      KafkaClients clients,
      EngineRuntime runtime,
      EngineListener listener) {
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(clients, "clients");
    Objects.requireNonNull(runtime, "runtime");
    Objects.requireNonNull(listener, "listener");
    this.engine = Engine.of(config, clients, runtime, listener);
    this.pollLoop = new PollLoop(engine, clients);
  }

  /**
   * Names the handler of records whose type header is {@code eventType}.
   *
   * @throws IllegalArgumentException if the type has a handler already
   * @throws IllegalStateException if the source has been started
   */
  public <E> EventSource register(String eventType, Decoder<E> decoder, EventHandler<E> handler) {
    checkNew();
    engine.handlers().register(eventType, decoder, handler);
    return this;
  }

  /**
   * Names the handler of records that no registered type fits, or that have no type.
   *
   * @throws IllegalArgumentException if there is one already
   * @throws IllegalStateException if the source has been started
   */
  public <E> EventSource registerDefault(Decoder<E> decoder, EventHandler<E> handler) {
    checkNew();
    engine.handlers().registerDefault(decoder, handler);
    return this;
  }

  /**
   * Adds a state store: each partition of the source's one topic has its own, made again of its
   * change log before the first event. See {@link io.heddle.engine.store.KeyValueStore} for one
   * that is ready-made.
   *
   * @throws IllegalArgumentException if the name or the change log is used already, the source has
   *     several topics, or exactly-once delivery is to do without the guard
   * @throws IllegalStateException if the source has been started
   */
  public <S extends StateStore> StoreHandle<S> addStore(
      StoreConfig config, Class<S> type, StateStoreFactory<? extends S> factory) {
    checkNew();
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(factory, "factory");
    return engine.stores().add(engine, config, type, factory);
  }

  /**
   * Has something done on each partition again and again, for as long as it is owned. The next time
   * comes {@code every}, give or take up to {@code jitter}, after the last one has ended, however
   * that was and asynchronously or not; the first one that long after the assignment.
   *
   * @param jitter from zero to {@code every}
   * @throws IllegalStateException if the source has been started
   */
  public EventSource scheduleInterjection(
      Interjector interjector, Duration every, Duration jitter) {
    checkNew();
    Objects.requireNonNull(interjector, "interjector");
    Checks.positive(every, "every");
    Checks.notNegative(jitter, "jitter");
    if (jitter.compareTo(every) > 0) {
      throw new IllegalArgumentException(
          "jitter must be at most every (%s), was %s".formatted(every, jitter));
    }
    engine.interjections().add(new Interjections.Schedule(interjector, every, jitter));
    return this;
  }

  /**
   * Has something done on one partition, once, behind the records polled so far. The future
   * completes, on a thread of the source that must not be blocked, when that is complete; with the
   * failure if it failed; with an {@link InterjectionDroppedException} if the partition is not
   * owned, or is given away, stopped or closed before.
   */
  public CompletableFuture<Void> interject(TopicPartition partition, Interjector interjector) {
    Objects.requireNonNull(interjector, "interjector");
    return engine.interjections().once(partition, pollLoop.worker(partition), interjector);
  }

  /**
   * {@link #interject}s on each partition that is owned now. The future completes when all have,
   * with a failure if one has.
   */
  public CompletableFuture<Void> interjectAll(Interjector interjector) {
    Objects.requireNonNull(interjector, "interjector");
    return CompletableFuture.allOf(
        pollLoop.workers().stream()
            .map(worker -> engine.interjections().once(worker.partition(), worker, interjector))
            .toArray(CompletableFuture<?>[]::new));
  }

  /**
   * Starts consuming and returns at once.
   *
   * @throws IllegalStateException if it was started before, or nothing is registered
   */
  public void start() {
    if (engine.lifecycle().isNew() && engine.handlers().isEmpty()) {
      throw new IllegalStateException("register a handler before the start");
    }
    engine.stores().checkClients();
    engine.lifecycle().start();
    try {
      Thread thread = engine.runtime().threads().newThread(pollLoop);
      pollThread = thread;
      thread.start();
    } catch (RuntimeException | Error e) {
      engine.lifecycle().fail(e);
      end();
      throw e;
    }
  }

  /**
   * Takes nothing more in, finishes what the drain policy names, commits, leaves the group and
   * closes the clients. Returns at once; the future completes, on a thread of the source, when that
   * is done or has failed (see {@link #failure}).
   */
  public CompletableFuture<Void> stop() {
    return stop(false);
  }

  /**
   * Like {@link #stop} but waits for no work. What is not complete stays so, to be delivered again;
   * what completed before is committed.
   */
  public CompletableFuture<Void> stopNow() {
    CompletableFuture<Void> end = stop(true);
    pollLoop.workers().forEach(worker -> worker.windDown(WorkerPhase.DROPPED));
    return end;
  }

  /**
   * {@link #stop}s and waits until that is done.
   *
   * @throws IllegalStateException if called by application code that the source is calling
   * @throws org.apache.kafka.common.errors.InterruptException if interrupted while waiting
   */
  @Override
  public void close() {
    checkMayWait();
    CompletableFuture<Void> unused = stop();
    engine.lifecycle().awaitEndOrInterrupt();
  }

  /**
   * Waits until the source has closed, whatever the reason.
   *
   * @throws IllegalStateException if called by application code that the source is calling
   * @throws InterruptedException if interrupted while waiting
   */
  public void awaitShutdown() throws InterruptedException {
    checkMayWait();
    engine.lifecycle().awaitEnd();
  }

  /** Where the source is in its life. */
  public SourceState state() {
    return engine.lifecycle().state();
  }

  /** Why the source failed, if it did. */
  public Optional<Throwable> failure() {
    return engine.lifecycle().failure();
  }

  /** How this source is. */
  public SourceHealth health() {
    Duration stuckAfter = engine.config().patience().stuckAfter();
    List<CommitBlocker> stuck =
        stuckAfter.isZero()
            ? List.of()
            : commitBlockers().stream()
                .filter(blocker -> blocker.age().compareTo(stuckAfter) >= 0)
                .toList();
    return new SourceHealth(state(), failure(), stoppedPartitions(), paused(), stuck);
  }

  /** What holds back the commit of each partition that something holds back, as of just now. */
  public List<CommitBlocker> commitBlockers() {
    long now = engine.nanoTime();
    return pollLoop.workers().stream().flatMap(worker -> worker.blocker(now).stream()).toList();
  }

  /**
   * How long events were in each stage of their way. Every sixteenth record is sampled, or as
   * {@link #sampleLatencies} says.
   */
  public List<StageLatency> latencies() {
    return engine.observatory().latencies();
  }

  /**
   * Samples the times of the records whose offset is a multiple of {@code every}: all of them if it
   * is 1, none if it is 0. Any time.
   */
  public EventSource sampleLatencies(int every) {
    Checks.atLeast(0, every, "every");
    engine.observatory().sampleEvery(every);
    return this;
  }

  /** The keys of all schedulers and batchers with the most to do now, the most first. */
  public List<HotKey> hotKeys(int count) {
    return engine.observatory().hottest(count);
  }

  /** How many keys each scheduler and batcher has queued or running, by its name. */
  public Map<String, Integer> activeKeys() {
    Map<String, Integer> keys = new LinkedHashMap<>();
    for (Observatory.Station station : engine.observatory().stations()) {
      keys.put(station.name(), station.activeKeys().getAsInt());
    }
    return keys;
  }

  /** What this source has done and has to do. */
  public SourceStatistics statistics() {
    return engine.observatory().statistics(pollLoop.workers());
  }

  /** The partitions that are paused, and why, in the order of topic and partition. */
  public Map<TopicPartition, PauseReason> paused() {
    Map<TopicPartition, PauseReason> paused = new LinkedHashMap<>();
    for (PartitionWorker worker : pollLoop.workers()) {
      PauseReason reason = worker.gate().paused();
      if (reason != null) {
        paused.put(worker.partition(), reason);
      }
    }
    return paused;
  }

  /** The partitions owned now that a failure has stopped, and that failure. */
  public Map<TopicPartition, EventFailedException> stoppedPartitions() {
    Map<TopicPartition, EventFailedException> stopped = new LinkedHashMap<>();
    for (PartitionWorker worker : pollLoop.workers()) {
      EventFailedException cause = worker.recovery().stopCause();
      if (cause != null) {
        stopped.put(worker.partition(), cause);
      }
    }
    return stopped;
  }

  Engine engine() {
    return engine;
  }

  private CompletableFuture<Void> stop(boolean now) {
    CompletableFuture<Void> end = engine.lifecycle().stop(now);
    if (pollThread == null && state() == SourceState.CLOSED) {
      engine.runtime().shutdownOwnedPools();
    }
    return end;
  }

  private void end() {
    engine.lifecycle().end();
    engine.runtime().shutdownOwnedPools();
  }

  private void checkNew() {
    if (!engine.lifecycle().isNew()) {
      throw new IllegalStateException("handlers and stores must be added before the start");
    }
  }

  private void checkMayWait() {
    boolean own =
        Thread.currentThread() == pollThread
            || pollLoop.workers().stream().anyMatch(worker -> worker.strand().isCurrent());
    if (own) {
      throw new IllegalStateException("the source cannot wait for itself: use stop()");
    }
  }
}
