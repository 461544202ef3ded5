package io.heddle.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One record, or interjection, in one ownership of its partition. Its phase is the token that
 * decides who may touch it: every hand-over is one compare-and-set, so that it is completed once
 * and by one.
 */
final class Event implements EventContext {
  private static final AtomicReferenceFieldUpdater<Event, EventPhase> PHASE =
      AtomicReferenceFieldUpdater.newUpdater(Event.class, EventPhase.class, "phase");

  private final PartitionWorker worker;
  // One of the two.
  private final @Nullable ConsumerRecord<byte[], byte[]> input;
  private final @Nullable Interjection interjection;
  private final long polledNanos;
  private volatile EventPhase phase = EventPhase.HANDLING;
  private volatile boolean overrun;
  // Of the strand, from here on.
  private long place;
  private boolean started;
  private boolean settled;
  private @Nullable AtomicInteger unacknowledged;
  // Forwarded by the callback that runs now, to be sent if it succeeds.
  private @Nullable List<ProducerRecord<byte[], byte[]>> fresh;
  // Immutable, and read by those who ask what blocks a commit.
  private Attempts failed = Attempts.NONE;
  private final @Nullable EventWatch watch;
  // Written before QUEUED is, for those who ask what blocks a commit.
  private @Nullable Object key;

  Event(PartitionWorker worker, ConsumerRecord<byte[], byte[]> input, long polledNanos) {
    this.worker = worker;
    this.watch = EventWatch.of(worker.engine(), input.offset(), polledNanos);
    this.input = input;
    this.interjection = null;
    this.polledNanos = polledNanos;
  }

  Event(PartitionWorker worker, Interjection interjection, long dueNanos) {
    this.worker = worker;
    this.watch = EventWatch.of(worker.engine(), -1, dueNanos);
    this.input = null;
    this.interjection = interjection;
    this.polledNanos = dueNanos;
  }

  @Override
  public ConsumerRecord<byte[], byte[]> input() {
    if (input == null) {
      throw new IllegalStateException(this + " has no input");
    }
    return input;
  }

  @Override
  public boolean isInterjection() {
    return interjection != null;
  }

  @Override
  public TopicPartition topicPartition() {
    return worker.partition();
  }

  @Override
  public long offset() {
    return input == null ? -1 : input.offset();
  }

  @Override
  public void forward(ProducerRecord<byte[], byte[]> record) {
    Objects.requireNonNull(record, "record");
    checkHandled("forward");
    if (fresh == null) {
      fresh = new ArrayList<>();
    }
    fresh.add(record);
  }

  @Override
  public <S extends StateStore> S store(StoreHandle<S> handle) {
    checkHandled("store");
    return stores(handle).get(handle);
  }

  @Override
  public void recordChange(StoreHandle<?> handle, ChangeLogEntry change) {
    checkHandled("recordChange");
    forward(stores(handle).change(handle, this, change));
  }

  /** Tells the guard of a read. */
  void readsEntry(StoreHandle<?> handle, byte[] entryKey) {
    checkHandled("reads");
    stores(handle).reads(handle, this, entryKey);
  }

  private PartitionStores stores(StoreHandle<?> handle) {
    PartitionStores stores = worker.stores();
    if (stores == null) {
      throw new IllegalArgumentException(
          "store '%s' is of another source".formatted(handle.config().name()));
    }
    return stores;
  }

  @Override
  public void asyncJobComplete(Supplier<ExecutionState> finalizer) {
    Objects.requireNonNull(finalizer, "finalizer");
    if (!move(EventPhase.AWAITED, EventPhase.POSTED)
        && !move(EventPhase.HANDLING, EventPhase.POSTED)
        // It may have become AWAITED between the two.
        && !move(EventPhase.AWAITED, EventPhase.POSTED)) {
      if (phase == EventPhase.DROPPED || worker.isDropped()) {
        return;
      }
      throw new IllegalStateException(
          "nobody waits for a completion of %s: it is %s".formatted(this, phase));
    }
    lap(worker.engine().observatory().application());
    worker.post(new Completion(this, finalizer));
  }

  /** Tells whoever waits for an interjection how it ended, once; null if it is complete. */
  void endInterjection(@Nullable Exception failure) {
    if (interjection != null) {
      interjection.end(failure);
    }
  }

  void dropInterjection() {
    if (interjection != null) {
      interjection.drop(worker);
    }
  }

  PartitionWorker worker() {
    return worker;
  }

  EventPhase phase() {
    return phase;
  }

  /** A hand-over that only happens if the event is where the caller thinks it is. */
  boolean move(EventPhase from, EventPhase to) {
    if (!from.canBecome(to)) {
      throw new AssertionError("%s cannot go from %s to %s".formatted(this, from, to));
    }
    return PHASE.compareAndSet(this, from, to);
  }

  /** Gives the event to a scheduler. Strand only. */
  void enqueue(Object jobKey) {
    checkHandled("schedule");
    key = jobKey;
    lap(worker.engine().observatory().callback());
    if (!move(EventPhase.HANDLING, EventPhase.QUEUED)) {
      throw new IllegalStateException(
          "%s cannot be scheduled: it is %s already".formatted(this, phase));
    }
  }

  /**
   * Whether the scheduler's job of this event may start now; if so it is PROCESSING. Any thread.
   */
  boolean begin() {
    if (worker.isDropped()) {
      return false;
    }
    noteTurn();
    return move(EventPhase.QUEUED, EventPhase.PROCESSING);
  }

  /** Leaves the event to the application, which is to complete it. Strand only. */
  void await() {
    noteTurn();
    if (phase == EventPhase.HANDLING) {
      lap(worker.engine().observatory().callback());
    }
    // Otherwise the event is with a scheduler, or its completion has overtaken this.
    boolean unused = move(EventPhase.HANDLING, EventPhase.AWAITED);
  }

  /** Whether the times of this event are sampled. */
  boolean isTimed() {
    return watch != null && watch.isTimed();
  }

  /** A stage of this event ends, and the next one begins. For whoever has the event. */
  void lap(LatencyHistogram stage) {
    if (watch != null && watch.isTimed()) {
      watch.lap(stage, worker.engine().nanoTime());
    }
  }

  private void noteTurn() {
    if (watch != null) {
      watch.turn();
    }
  }

  /** Whether a job or the application has the event, and ought to complete it. */
  boolean isElsewhere() {
    EventPhase now = phase;
    return now == EventPhase.AWAITED || now == EventPhase.PROCESSING;
  }

  /** Whether what goes on now has done so for that long, as far as was seen. Strand only. */
  boolean hasTakenLongerThan(long limitNanos, long nowNanos) {
    return watch != null && watch.hasTakenLongerThan(limitNanos, nowNanos);
  }

  /**
   * Takes the event from whoever has it, so that nobody else completes it: the application, a
   * scheduler's queue, or a job that runs, whose end the worker is told of then. Returns false if
   * it is not elsewhere. Strand only.
   */
  boolean takeBack() {
    return move(EventPhase.AWAITED, EventPhase.POSTED)
        || move(EventPhase.QUEUED, EventPhase.POSTED)
        || takeFromJob();
  }

  private boolean takeFromJob() {
    // Before the hand-over: once that has happened the job looks for it.
    overrun = true;
    if (move(EventPhase.PROCESSING, EventPhase.POSTED)) {
      worker.outlives();
      return true;
    }
    overrun = false;
    return false;
  }

  /** A job of this event has ended; false if the event was taken from it. */
  boolean endJob() {
    if (move(EventPhase.PROCESSING, EventPhase.POSTED)) {
      return true;
    }
    if (overrun) {
      overrun = false;
      worker.post(strand -> strand.occupancy().left());
    }
    return false;
  }

  /** Called when an output was acknowledged; returns true if it was the last one. Any thread. */
  boolean acknowledged() {
    return unacknowledged != null && unacknowledged.decrementAndGet() == 0;
  }

  /** Sends what the callback that has just returned forwarded, or keeps it for a transaction. */
  void sendOutputs(
      Outputs outputs, @Nullable OutputLedger ledger, @Nullable PartitionStores stores) {
    if (stores != null) {
      stores.keep(this);
    }
    if (fresh != null) {
      List<ProducerRecord<byte[], byte[]>> records = fresh;
      fresh = null;
      if (ledger != null) {
        records.forEach(record -> ledger.add(this, record));
        return;
      }
      // Counted before any is sent: the first may be acknowledged before the last is queued.
      records.forEach(record -> countOutput());
      records.forEach(record -> outputs.send(Outputs.Output.of(this, record, stores)));
    }
  }

  /** Forgets what a callback made that has failed: its next attempt makes it again. */
  void discardOutputs(@Nullable PartitionStores stores) {
    fresh = null;
    if (stores != null) {
      stores.discard();
    }
  }

  /** Counts one more record that has to be acknowledged. Strand only. */
  void countOutput() {
    if (unacknowledged == null) {
      unacknowledged = new AtomicInteger();
    }
    unacknowledged.incrementAndGet();
  }

  /** Counts a failed attempt at this stage and returns how many there were. */
  int countAttempt(FailureStage stage) {
    failed = failed.andOne(stage);
    return failed.count();
  }

  void noteAttempts(FailureStage stage, int count) {
    failed = new Attempts(stage, count);
  }

  void forgetAttempts() {
    if (failed.count() > 0) {
      failed = Attempts.NONE;
    }
  }

  /** How many attempts have failed at {@link #stage}. Any thread. */
  int attempts() {
    return failed.count();
  }

  /** The stage that failed last, if one has. */
  FailureStage stage() {
    return failed.stage();
  }

  boolean awaitsAcknowledgements() {
    return unacknowledged != null && unacknowledged.get() > 0;
  }

  long place() {
    return place;
  }

  void setPlace(long trackerPlace) {
    place = trackerPlace;
  }

  /** Whether something of this event has run beyond its handler. */
  boolean hasStarted() {
    return started;
  }

  void markStarted() {
    started = true;
  }

  /** Whether the strand is through with this event, complete or not. */
  boolean isSettled() {
    return settled;
  }

  void markSettled() {
    settled = true;
  }

  long polledNanos() {
    return polledNanos;
  }

  Optional<Object> key() {
    return phase == EventPhase.HANDLING ? Optional.empty() : Optional.ofNullable(key);
  }

  @Override
  public String toString() {
    return input == null
        ? "an interjection of " + worker.partition()
        : worker.partition() + "@" + input.offset();
  }

  private void checkHandled(String what) {
    if (!worker.isHandling(this)) {
      throw new IllegalStateException(
          "%s of %s must be called by its handler or finalizer".formatted(what, this));
    }
  }

  /** The end of an application's own asynchronous part. */
  private record Completion(Event event, Supplier<ExecutionState> finalizer)
      implements Message, Callback {
    @Override
    public void deliver(PartitionWorker worker) {
      worker.finish(event, this);
    }

    @Override
    public ExecutionState run() {
      return finalizer.get();
    }

    @Override
    public String stage() {
      return "completion";
    }
  }
}
